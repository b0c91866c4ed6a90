"""Whom an event is for."""

from __future__ import annotations

import pytest

from symposia.facts.audience import find_audience

SAID = [
    ("Phonics for Teachers", "", ["k-12"]),
    ("Citing for Graduate Students", "", ["higher-education"]),
    ("Reading Day", "This workshop is for librarians.", ["librarians"]),
    ("Reading Day", "Designed for school leaders and principals.", ["leaders"]),
    ("Reading Day", "Aimed at early-career researchers.", ["researchers"]),
    ("Reading Day", "Open to faculty, staff and graduate students.", ["higher-education"]),
    ("Reading Day", "Parents and caregivers are welcome.", ["parents"]),
    ("Reading Day", "Intended audience: media specialists", ["librarians"]),
    ("Reading Day", "Audience: teachers in grades 6-12", ["high-school", "middle-school"]),
    ("Reading Day", "For students in grades K-5.", ["elementary"]),
    ("Reading Day", "A day for children, ages 3-5.", ["early-childhood"]),
    ("Reading Day", "For grades K-12.", ["k-12"]),
    ("Reading Day", "For 9th-12th graders.", ["high-school"]),
    ("Reading Day", "Free and open to the public.", ["general"]),
    ("Reading Day", "All are welcome!", ["general"]),
    ("Reading Day", "Open to everyone.", ["general"]),
    ("Reading Day", "We invite scholars and scientists to take part.", ["researchers"]),
    ("Reading Day", "The conference brings together researchers and librarians.", ["librarians", "researchers"]),
    ("Reading Day", "This course is for PhD students.", ["higher-education", "researchers"]),
    ("Reading Day", "Undergraduates are encouraged to attend.", ["higher-education"]),
    ("Reading Day", "Ideal for high school teachers.", ["high-school"]),
    ("Reading Day", "Managers and supervisors are invited.", ["leaders"]),
    ("Lesetag", "Die Fortbildung richtet sich an Lehrkräfte.", ["k-12"]),
    ("Lesetag", "Zielgruppe: Forschende", ["researchers"]),
    ("Lesetag", "Eltern sind eingeladen.", ["parents"]),
    ("Lesetag", "Offen für alle.", ["general"]),
    ("Leesdag", "Bedoeld voor leerkrachten.", ["k-12"]),
    ("Leesdag", "Doelgroep: onderzoekers", ["researchers"]),
    ("Leesdag", "Iedereen is welkom.", ["general"]),
    ("Día de la lectura", "Dirigido a docentes.", ["k-12"]),
    ("Día de la lectura", "Abierto al público.", ["general"]),
    ("Journée de lecture", "Public cible : enseignants", ["k-12"]),
    ("Journée de lecture", "Ouvert à tous.", ["general"]),
    ("Dia da leitura", "Voltado para pesquisadores.", ["researchers"]),
    ("Reading Day", "All undergraduate students are welcome.", ["higher-education"]),
]

TRAPS = [
    ("Reading Day", "Led by a librarian of the city.", []),
    ("Reading Day", "A teacher tells of her school.", []),
    ("Reading Day", "Ana is a researcher and leader.", []),
    ("Childhood and memory", "Childhood trauma, and what it does.", []),
    ("Reading Day", "How researchers read.", []),
    ("Reading Day", "Designed for faculty development.", []),
    ("Reading Day", "Open to all students.", []),
    ("Reading Day", "The parents of the theory.", []),
    ("Leadership for change", "On leadership.", []),
    ("Reading Day", "Library: Pack Memorial", []),
    ("Reading Day", "For all your questions, write to us.", []),
    ("Reading Day", "A panel of principals.", []),
    ("Reading Day", "Ages ago.", []),
    ("Reading Day", "Farmers are welcome.", []),
    ("Reading Day", "For educators.", []),
    ("", "", []),
]


@pytest.mark.parametrize(("name", "description", "audience"), SAID + TRAPS)
def test_audience(name: str, description: str, audience: list[str]) -> None:
    """Those whom the text addresses; not who teaches, nor what is taught."""
    assert sorted(one.value for one in find_audience(name, description)) == audience
