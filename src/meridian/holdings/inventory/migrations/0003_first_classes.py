"""The classes that discovery tells apart, what may be known of each, and the numbers of items."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from meridian.engine.audit import trail
from meridian.engine.numbering import CreateSeries
from meridian.engine.policies import system_actor

LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")
CLASSES = (
    ("item", "", ("Item", "Élément", "Elemento", "Объект", "物项", "صنف")),
    ("computer", "item", ("Computer", "Ordinateur", "Computadora", "Компьютер", "计算机", "حاسوب")),
    ("laptop", "computer", ("Laptop", "Portable", "Portátil", "Ноутбук", "笔记本电脑", "حاسوب محمول")),
    ("desktop", "computer", ("Desktop", "Poste fixe", "De escritorio", "Настольный компьютер", "台式机", "حاسوب مكتبي")),
    ("server-computer", "computer", ("Server", "Serveur", "Servidor", "Сервер", "服务器", "خادم")),
    (
        "virtual-machine",
        "computer",
        ("Virtual machine", "Machine virtuelle", "Máquina virtual", "Виртуальная машина", "虚拟机", "آلة افتراضية"),
    ),
    (
        "network-device",
        "item",
        ("Network device", "Équipement réseau", "Equipo de red", "Сетевое устройство", "网络设备", "جهاز شبكة"),
    ),
    ("printer", "item", ("Printer", "Imprimante", "Impresora", "Принтер", "打印机", "طابعة")),
    ("phone", "item", ("Phone", "Téléphone", "Teléfono", "Телефон", "电话", "هاتف")),
    ("storage", "item", ("Storage", "Stockage", "Almacenamiento", "Хранилище", "存储设备", "وحدة تخزين")),
    ("power", "item", ("Power supply", "Alimentation", "Alimentación", "Питание", "电源", "إمداد بالطاقة")),
    ("video", "item", ("Video device", "Équipement vidéo", "Equipo de vídeo", "Видеоустройство", "视频设备", "جهاز فيديو")),
    ("kvm", "item", ("Console switch", "Commutateur de consoles", "Conmutador de consolas", "Переключатель консолей", "控制台切换器", "محول وحدات تحكم")),
)
ATTRIBUTES = (
    ("item", "asset_tag", "text", "", ("Asset tag", "Étiquette", "Etiqueta", "Инвентарная метка", "资产标签", "بطاقة الأصل")),
    ("item", "uuid", "text", "", ("Unique id", "Identifiant unique", "Identificador único", "Уникальный код", "唯一标识", "معرف فريد")),
    ("item", "memory", "number", "MiB", ("Memory", "Mémoire", "Memoria", "Память", "内存", "الذاكرة")),
    ("item", "firmware", "text", "", ("Firmware", "Micrologiciel", "Firmware", "Микропрограмма", "固件", "البرنامج الثابت")),
    ("item", "addresses", "texts", "", ("Reached at", "Joignable à", "Direcciones", "Адреса", "网络地址", "العناوين")),
    ("item", "macs", "texts", "", ("Network cards", "Cartes réseau", "Tarjetas de red", "Сетевые карты", "网卡", "بطاقات الشبكة")),
    ("item", "location", "text", "", ("Location told", "Lieu indiqué", "Lugar indicado", "Указанное место", "所报位置", "الموقع المذكور")),
    ("item", "domain", "text", "", ("Domain", "Domaine", "Dominio", "Домен", "域", "النطاق")),
    ("item", "agent", "text", "", ("Agent", "Agent", "Agente", "Агент", "代理程序", "البرنامج الوكيل")),
    ("computer", "processor", "text", "", ("Processor", "Processeur", "Procesador", "Процессор", "处理器", "المعالج")),
    ("computer", "cores", "number", "", ("Cores", "Cœurs", "Núcleos", "Ядра", "核心数", "الأنوية")),
    ("computer", "storage", "number", "MB", ("Disks", "Disques", "Discos", "Диски", "磁盘", "الأقراص")),
    ("computer", "operating_system", "text", "", ("Operating system", "Système", "Sistema operativo", "Операционная система", "操作系统", "نظام التشغيل")),
    ("computer", "kernel", "text", "", ("Kernel", "Noyau", "Núcleo", "Ядро системы", "内核", "النواة")),
    ("computer", "architecture", "text", "", ("Architecture", "Architecture", "Arquitectura", "Архитектура", "架构", "البنية")),
    ("phone", "imei", "text", "", ("IMEI", "IMEI", "IMEI", "IMEI", "IMEI", "IMEI")),
    ("phone", "operating_system", "text", "", ("Operating system", "Système", "Sistema operativo", "Операционная система", "操作系统", "نظام التشغيل")),
    ("phone", "processor", "text", "", ("Processor", "Processeur", "Procesador", "Процессор", "处理器", "المعالج")),
    ("printer", "pages_printed", "number", "", ("Pages printed", "Pages imprimées", "Páginas impresas", "Отпечатано страниц", "已打印页数", "الصفحات المطبوعة")),
)


def add_classes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Written under an entry like every other row."""
    classes, attributes = apps.get_model("inventory", "ItemClass"), apps.get_model("inventory", "ClassAttribute")
    with trail.entry("inventory.itemclass.begin", system_actor("Meridian")):
        made = {}
        for code, parent, names in CLASSES:
            made[code] = classes.objects.create(code=code, name=_told(names), parent=made.get(parent))
        for place, (code, attribute, kind, unit, names) in enumerate(ATTRIBUTES):
            attributes.objects.create(
                item_class=made[code],
                code=attribute,
                name=_told(names),
                type=kind,
                unit=unit,
                place=(place + 1) * 10,
            )


def _told(names: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(LANGUAGES, names, strict=True))


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_add_items"), ("audit", "0002_functions")]

    operations = [CreateSeries("ITM"), migrations.RunPython(add_classes, migrations.RunPython.noop)]
