"""Sample desks of the gallery: real places, invented work."""

from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

from meridian.insight.world.rules.marks import DeskMark

PLACES = """
New York|40.75|-73.97|America/New_York|9
Geneva|46.23|6.14|Europe/Zurich|7
Vienna|48.23|16.42|Europe/Vienna|5
Nairobi|-1.23|36.82|Africa/Nairobi|6
Addis Ababa|9.01|38.76|Africa/Addis_Ababa|4
Bangkok|13.76|100.51|Asia/Bangkok|4
Beirut|33.89|35.50|Asia/Beirut|3
Santiago|-33.40|-70.60|America/Santiago|3
Brindisi|40.65|17.95|Europe/Rome|2
Valencia|39.47|-0.38|Europe/Madrid|2
The Hague|52.09|4.28|Europe/Amsterdam|2
Arusha|-3.37|36.69|Africa/Dar_es_Salaam|1
Kinshasa|-4.32|15.31|Africa/Kinshasa|3
Goma|-1.68|29.22|Africa/Lubumbashi|1
Bunia|1.56|30.25|Africa/Lubumbashi|1
Bukavu|-2.51|28.86|Africa/Lubumbashi|1
Kindu|-2.94|25.92|Africa/Lubumbashi|1
Kisangani|0.52|25.19|Africa/Lubumbashi|1
Lubumbashi|-11.66|27.48|Africa/Lubumbashi|1
Entebbe|0.04|32.44|Africa/Kampala|2
Juba|4.85|31.60|Africa/Juba|3
Wau|7.70|28.00|Africa/Juba|1
Malakal|9.53|31.66|Africa/Juba|1
Khartoum|15.59|32.53|Africa/Khartoum|3
El Fasher|13.63|25.35|Africa/Khartoum|2
Nyala|12.05|24.88|Africa/Khartoum|1
El Geneina|13.45|22.45|Africa/Khartoum|1
Abyei|9.59|28.44|Africa/Khartoum|1
N'Djamena|12.11|15.05|Africa/Ndjamena|2
Abéché|13.83|20.83|Africa/Ndjamena|1
Bangui|4.37|18.56|Africa/Bangui|1
Abidjan|5.34|-4.02|Africa/Abidjan|2
Bouaké|7.69|-5.03|Africa/Abidjan|1
Monrovia|6.30|-10.80|Africa/Monrovia|2
Freetown|8.48|-13.23|Africa/Freetown|1
Dakar|14.69|-17.45|Africa/Dakar|1
Bissau|11.86|-15.60|Africa/Bissau|1
Bamako|12.64|-8.00|Africa/Bamako|1
Laayoune|27.15|-13.20|Africa/El_Aaiun|1
Tripoli|32.89|13.19|Africa/Tripoli|1
Cairo|30.04|31.24|Africa/Cairo|1
Jerusalem|31.78|35.23|Asia/Jerusalem|2
Gaza|31.50|34.47|Asia/Gaza|1
Naqoura|33.12|35.14|Asia/Beirut|2
Damascus|33.51|36.29|Asia/Damascus|1
Amman|31.95|35.93|Asia/Amman|2
Nicosia|35.17|33.36|Asia/Nicosia|1
Baghdad|33.31|44.37|Asia/Baghdad|2
Erbil|36.19|44.01|Asia/Baghdad|1
Kuwait City|29.37|47.98|Asia/Kuwait|1
Sana'a|15.37|44.19|Asia/Aden|1
Mogadishu|2.05|45.32|Africa/Mogadishu|1
Bujumbura|-3.38|29.36|Africa/Bujumbura|1
Pretoria|-25.75|28.19|Africa/Johannesburg|1
Kabul|34.53|69.17|Asia/Kabul|3
Herat|34.35|62.20|Asia/Kabul|1
Kandahar|31.61|65.71|Asia/Kabul|1
Mazar-e-Sharif|36.71|67.11|Asia/Kabul|1
Islamabad|33.68|73.05|Asia/Karachi|1
Srinagar|34.08|74.80|Asia/Kolkata|1
New Delhi|28.61|77.21|Asia/Kolkata|1
Kathmandu|27.72|85.32|Asia/Kathmandu|1
Ashgabat|37.95|58.38|Asia/Ashgabat|1
Tbilisi|41.72|44.79|Asia/Tbilisi|1
Pristina|42.66|21.17|Europe/Belgrade|2
Beijing|39.90|116.41|Asia/Shanghai|1
Tokyo|35.68|139.69|Asia/Tokyo|1
Incheon|37.46|126.71|Asia/Seoul|1
Jakarta|-6.21|106.85|Asia/Jakarta|1
Dili|-8.56|125.57|Asia/Dili|2
Port Moresby|-9.44|147.18|Pacific/Port_Moresby|1
Suva|-18.14|178.44|Pacific/Fiji|1
Port-au-Prince|18.54|-72.34|America/Port-au-Prince|4
Cap-Haïtien|19.76|-72.20|America/Port-au-Prince|1
Santo Domingo|18.49|-69.93|America/Santo_Domingo|1
Port of Spain|10.66|-61.51|America/Port_of_Spain|1
Mexico City|19.43|-99.13|America/Mexico_City|1
Panama City|8.98|-79.52|America/Panama|1
Bogotá|4.71|-74.07|America/Bogota|1
Brasília|-15.79|-47.88|America/Sao_Paulo|1
Buenos Aires|-34.60|-58.38|America/Argentina/Buenos_Aires|1
Washington|38.91|-77.04|America/New_York|1
Moscow|55.76|37.62|Europe/Moscow|1
Brussels|50.85|4.35|Europe/Brussels|1
Bonn|50.73|7.10|Europe/Berlin|1
Copenhagen|55.68|12.57|Europe/Copenhagen|1
"""

NAMES = {
    "ar": {"New York": "نيويورك", "Geneva": "جنيف", "Vienna": "فيينا", "Nairobi": "نيروبي", "Bangkok": "بانكوك", "Beirut": "بيروت", "Santiago": "سانتياغو", "Kabul": "كابول", "Kinshasa": "كينشاسا", "Addis Ababa": "أديس أبابا", "Dili": "ديلي", "Port-au-Prince": "بورت أو برنس", "Khartoum": "الخرطوم", "Juba": "جوبا"},
    "zh-hans": {"New York": "纽约", "Geneva": "日内瓦", "Vienna": "维也纳", "Nairobi": "内罗毕", "Bangkok": "曼谷", "Beirut": "贝鲁特", "Santiago": "圣地亚哥", "Kabul": "喀布尔", "Kinshasa": "金沙萨", "Addis Ababa": "亚的斯亚贝巴", "Dili": "帝力", "Port-au-Prince": "太子港", "Khartoum": "喀土穆", "Juba": "朱巴"},
}  # fmt: skip


def state_at(local: datetime) -> str:
    """Open nine to six on weekdays, handing over in the last hour."""
    if local.weekday() > 4 or not 9 <= local.hour < 18:
        return "closed"
    return "handover" if local.hour == 17 else "open"


def desks_at(now: datetime, language: str) -> list[DeskMark]:
    """131 desks at 86 places."""
    random = Random(7)
    desks = []
    for line in PLACES.strip().splitlines():
        name, latitude, longitude, zone, count = line.split("|")
        local = now.astimezone(ZoneInfo(zone))
        shown = NAMES.get(language, {}).get(name, name)
        for index in range(int(count)):
            waiting = max(0, int(random.gauss(11, 9))) + (30 if index == 0 and int(count) > 4 else 0)
            desks.append(
                DeskMark(
                    shown, float(latitude), float(longitude), state_at(local), waiting, waiting // 2 + 2,
                    f"/desks/{len(desks) + 1}/", f"{local:%H:%M}",
                )
            )  # fmt: skip
    return desks


MOMENTS = {"": datetime(2026, 11, 20, 14, 32, tzinfo=UTC), "june-": datetime(2026, 6, 22, 6, 10, tzinfo=UTC), "dusk-": datetime(2026, 3, 20, 21, 5, tzinfo=UTC)}  # fmt: skip
