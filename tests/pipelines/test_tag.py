"""Topics, and the words that speak for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.tag import topics_of
from pipelines.topics import load_taxonomy, shipped_taxonomy
from symposia.errors import TaxonomyError

TITLES = [
    ("Generative AI for Busy Teachers", {"ai-in-education"}),
    ("Inteligencia artificial en el aula", {"ai-in-education"}),
    ("L'IA au service des élèves", {"ai-in-education"}),
    ("Künstliche Intelligenz im Klassenzimmer", {"ai-in-education"}),
    ("AI in the Math Classroom", {"ai-in-education", "math"}),
    ("Watercolour Painting and Ceramics", {"arts"}),
    ("Musikpädagogik heute", {"arts"}),
    ("Rubrics That Work", {"assessment"}),
    ("Évaluation formative au collège", {"assessment"}),
    ("Leistungsbewertung ohne Noten", {"assessment"}),
    ("Micro-credentials and Digital Badges", {"career-technical-credentials"}),
    ("Berufliche Bildung im Wandel", {"career-technical-credentials"}),
    ("Calm Rooms: Classroom Management", {"classroom-management"}),
    ("Gestion de classe pour débutants", {"classroom-management"}),
    ("Computer Science for All", {"computer-science"}),
    ("The Python Standard Library", {"computer-science"}),
    ("Pensamento computacional na escola", {"computer-science"}),
    ("Preschool Morning Routines", {"early-childhood"}),
    ("Educação infantil em debate", {"early-childhood"}),
    ("Moodle, Step by Step", {"edtech"}),
    ("Tecnología educativa: primeros pasos", {"edtech"}),
    ("Translanguaging in Practice", {"ell-multilingual"}),
    ("Mehrsprachigkeit als Schatz", {"ell-multilingual"}),
    ("Closing the Opportunity Gap", {"equity"}),
    ("Kansengelijkheid op school", {"equity"}),
    ("Build an Escape Room", {"game-based-learning"}),
    ("Gamificación para principiantes", {"game-based-learning"}),
    ("Backward Design in a Day", {"instructional-design-pedagogy"}),
    ("Didactique et classe inversée", {"instructional-design-pedagogy"}),
    ("A Forum for Superintendents", {"leadership"}),
    ("Schulleitung neu denken", {"leadership"}),
    ("Learning Analytics in Small Colleges", {"learning-analytics"}),
    ("A Day for School Librarians", {"library-media"}),
    ("Mediawijsheid in groep 8", {"library-media"}),
    ("Phonics in Grade One", {"literacy"}),
    ("Leseförderung konkret", {"literacy"}),
    ("Begrijpend lezen anders", {"literacy"}),
    ("Mathematical beauty", {"math"}),
    ("Wiskundeonderwijs met plezier", {"math"}),
    ("Open Textbooks, Lower Costs", {"oer"}),
    ("Ressources éducatives libres", {"oer"}),
    ("HyFlex from Scratch", {"online-learning"}),
    ("Afstandsonderwijs na corona", {"online-learning"}),
    ("Instructional Coaching Clinic", {"professional-learning"}),
    ("Formação de professores no campo", {"professional-learning"}),
    ("Project-Based Learning 101", {"project-based-learning"}),
    ("Projektunterricht gelingt", {"project-based-learning"}),
    ("Grounded Theory and Interviews", {"research"}),
    ("Metodología de la investigación", {"research"}),
    ("Chemistry Demonstrations", {"science"}),
    ("Ciências naturais em jogo", {"science"}),
    ("Trauma-Informed Schools", {"sel-wellbeing"}),
    ("Santé mentale à l'école", {"sel-wellbeing"}),
    ("Teaching History with Primary Sources", {"social-studies-civics"}),
    ("Burgerschapsvorming in de klas", {"social-studies-civics"}),
    ("Autism: What Helps", {"special-education-inclusion"}),
    ("Educación especial hoy", {"special-education-inclusion"}),
    ("STEM Night", {"stem"}),
    ("MINT-Fächer stärken", {"stem"}),
    ("Academic Advising Institute", {"student-success"}),
    ("Studienabbruch verhindern", {"student-success"}),
    ("Langues vivantes au lycée", {"world-languages"}),
    ("Spanish Teachers' Autumn Day", {"world-languages"}),
]

TRAPS = [
    ("State of the Art", None, set()),
    ("The Art of Teaching Fractions", None, {"math"}),
    ("Language Arts Forum", None, {"literacy"}),
    ("Risk Assessment for Trips", None, set()),
    ("Environmental Impact Assessment", None, {"science"}),
    ("Write Your Curriculum Vitae", None, set()),
    ("Private Equity Breakfast", None, set()),
    ("Stem cell ethics", None, set()),
    ("A Game Changer", None, set()),
    ("Read our Code of Conduct", None, set()),
    ("Digital Literacy Day", None, {"library-media"}),
    ("Financial Literacy Month", None, {"social-studies-civics"}),
    ("Computer Science Week", None, {"computer-science"}),
    ("The Science of Reading", None, {"literacy"}),
    ("Food Security Forum", None, {"science"}),
    ("Programming Language Design", None, {"computer-science"}),
    ("Large Language Models", None, {"ai-in-education"}),
    ("A Hybrid Event for Everyone", None, set()),
    ("Certificate of Attendance", None, set()),
    ("Thought Leaders' Breakfast", None, set()),
    ("A Wheelchair Accessible Venue", None, set()),
    ("Ce que j'ai appris", None, set()),
    ("A meeting in Ames, IA", None, set()),
    ("Fresh Mint Tea", None, set()),
    ("A day out", "Tickets are PLN 200.", set()),
    ("A day out", "Um dia com ela.", set()),
    ("A day out", "Sign language interpreters and wheelchair access on request.", set()),
    ("A day out", "We meet at the library.", set()),
    ("A day out", "Bring a book; the museum has a game and a garden.", set()),
    ("A day out", "Held online via Zoom. Register online.", set()),
    ("A day out", "Work, world, culture, public, global, national, social, past, modern.", set()),
    ("A day out", "On open educational resources.", {"oer"}),
    ("A day out", "For school librarians and every library.", {"library-media"}),
    ("Algebra Day", "We talk of learning theories once.", {"math"}),
    ("An evening of talks", "x " * 130 + "\nAbout us: we run courses on phonics and algebra.", set()),
    ("An evening of talks", "x " * 130 + "\nRegistration fee for computer science teachers: none.", set()),
]


@pytest.mark.parametrize(("title", "topics"), TITLES)
def test_titles_in_six_languages(title: str, topics: set[str]) -> None:
    """One phrase suffices there."""
    assert topics <= set(topics_of(shipped_taxonomy(), title))


@pytest.mark.parametrize(("name", "description", "topics"), TRAPS)
def test_traps(name: str, description: str | None, topics: set[str]) -> None:
    """Words that mean something else, words in passing, and the small print."""
    assert set(topics_of(shipped_taxonomy(), name, description)) == topics


def test_every_topic_has_an_example_and_a_group() -> None:
    """So that no topic is without one."""
    topics = shipped_taxonomy().topics

    assert set().union(*(expected for _, expected in TITLES)) == topics.keys()
    assert len({topic.group for topic in topics.values()}) == 5


def test_each_topic_says_why() -> None:
    """Where the words stood, and which they were."""
    why = topics_of(shipped_taxonomy(), "Phonics", "The science of reading.", ("dyslexia",))

    assert why["literacy"].evidence == ("name: phonics", "keyword: dyslexia", "opening: science of reading")


def test_a_title_is_surer_than_a_description() -> None:
    """And both are surer than either, but nothing is certain."""
    in_title, in_text, in_both = (
        topics_of(shipped_taxonomy(), *texts)["oer"].confidence
        for texts in (("Open textbooks",), ("A day", "Open textbooks"), ("Open textbooks", "Creative Commons"))
    )

    assert 0.5 <= in_text < in_title < in_both <= 1


def test_a_title_in_capitals_with_hyphens_and_a_plural() -> None:
    """Case, hyphens and a final s make no difference."""
    assert "project-based-learning" in topics_of(shipped_taxonomy(), "PROJECT BASED UNITS")
    assert "assessment" in topics_of(shipped_taxonomy(), "E‑Portfolios")


HEAD = "[group.g]\nname='g'\n[topic.x]\nname='n'\nsentence='s'\ngroup='g'\n"
FAULTY = [
    ("", "a-slug"),
    ("[group.g]\nname='g'\n[topic.'../x']\nname='n'\nsentence='s'\ngroup='g'\nphrases=['p']", "slug"),
    (HEAD, "'x': phrases is missing"),
    (HEAD + "phrases=[1]", "not a list of texts"),
    (HEAD + "phrases=['*']", "not a list of texts"),
    (HEAD + "phrases=['p']\nnots=['q']", "unknown key 'nots'"),
    (HEAD + "phrases=['p']\nweak=['P']", "'P' stands there twice"),
    (HEAD + "phrases=['p']\nthreshold=2.0", "threshold is no number"),
    (HEAD.replace("group='g'", "group='h'") + "phrases=['p']", "no group 'h'"),
    (HEAD + "phrases=['p']\n[groups.h]\nname='h'", "unknown table 'groups'"),
    ("[group.g]\n[topic.x]\n", "group 'g'"),
    ("[topic.x", "Expected"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTY)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    """With the file, the topic and the fault."""
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(TaxonomyError, match=fault) as caught:
        load_taxonomy(path)
    assert "topics.toml" in str(caught.value)


def test_phrases_by_their_strength(tmp_path: Path) -> None:
    """Context never suffices; what masks a topic's word leaves other topics alone; a star begins words."""
    path = tmp_path / "topics.toml"
    words = "phrases=['fish*']\nweak=['boat']\ncontext=['sea', 'wave']\nnot=['fish knife']\n"
    path.write_text(HEAD + words + "[topic.y]\nname='n'\nsentence='s'\ngroup='g'\nphrases=['knife']")
    taxonomy = load_taxonomy(path)

    assert not topics_of(taxonomy, "Sea and wave")
    assert topics_of(taxonomy, "Boat")["x"].confidence < topics_of(taxonomy, "Boat at sea")["x"].confidence
    assert set(topics_of(taxonomy, "Fishing")) == {"x"}
    assert set(topics_of(taxonomy, "Fish knife")) == {"y"}
    assert not topics_of(taxonomy, "Catfish")
