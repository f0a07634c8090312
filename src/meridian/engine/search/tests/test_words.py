"""What is the same word to who searches, in each script."""

import pytest
from house.factory import MAKER
from house.nouns import region

from meridian.engine.search.find import find
from meridian.engine.search.index import index_pending
from meridian.engine.search.words import compared

ALIKE = {
    "accents": ("Réseau de Zürich", ["reseau zurich", "RÉSEAU", "zürich", "Zu\u0308rich", "réseaux"]),
    "ligatures": ("Œuvre Straße Łódź", ["oeuvre", "strasse", "lodz", "STRASSE"]),
    "article": ("الطابعة معطلة", ["طابعة", "الطابعة", "والطابعة", "بالطابعة", "طابعه"]),
    "no article": ("طابعة جديدة", ["الطابعة", "الجديدة"]),
    "hamza": ("أحمد إبراهيم مسؤول", ["احمد", "ابراهيم", "أحمد", "مسوول"]),
    "vowels and tatweel": ("شَبَكَة الاتّصال", ["شبكة", "شبـــكة", "اتصال"]),
    "alef maqsura": ("مستشفى", ["مستشفي", "المستشفى"]),
    "yo": ("Подключён кабель", ["подключен", "ПОДКЛЮЧЁН", "кабели"]),
    "traditional": ("資訊技術辦公室", ["资讯", "信息技术 办公室"[4:], "辦公室", "技术办公室", "公室"]),
    "simplified": ("打印机无法连接网络", ["打印機", "無法", "網絡", "连接网", "机"]),
    "script change": ("IT部门3com", ["部门", "IT", "it部门", "3com", "部門"]),
    "digits": ("Room ٠٤٢ ＡＢＣ", ["42", "042", "٤٢", "abc"]),
    "punctuation": ("printer/scanner:wi-fi_x (a.b@c.example)", ["scanner", "wi fi", "example", "wi-fi", "b"]),
    "invisible": ("net\u00adwork\u200f office\u200b2", ["network", "office", "2"]),
    "articles alone": ("The who", ["the who", "who", "the"]),
    "articles beside": ("Réseau informatique", ["le réseau", "les réseaux informatiques", "the reseau"]),
    "phrase": ("Broken printers in Nairobi", ['"broken printers"', '"printer in nairobi"', "nairobi -quito"]),
}
OTHER = {
    "phrase": ("Broken printers in Nairobi", ['"printers broken"', "nairobi -broken", '"broken nairobi"']),
    "another word": ("Номер 42", ["43", "4", "242", "номерок"]),
    "short i": ("Йод", ["иод"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
@pytest.mark.parametrize("kind", ALIKE)
def test_what_is_written_in_another_way_is_found_in_whatever_language(kind: str, language: str):
    written, asked = ALIKE[kind]
    region("SAME", name={language: written})
    while index_pending():
        pass
    missed = [text for text in asked if [hit.row.code for hit in find(MAKER, text).hits] != ["SAME"]]
    assert missed == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", OTHER)
def test_another_word_is_not_found(kind: str):
    written, asked = OTHER[kind]
    region("SAME", name={"en": written})
    while index_pending():
        pass
    assert [text for text in asked if find(MAKER, text).hits] == []


def test_words_are_compared_without_what_a_hand_leaves_out():
    assert compared("INC0022348, Réseau (ZÜRICH)") == "inc 22348 reseau zurich"
    assert compared("Ёлка Йод") == "елка йод"
    assert compared("… - _ '") == ""
