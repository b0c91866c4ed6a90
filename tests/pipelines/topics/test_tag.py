"""Topics, and the words that speak for them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.normalize.normalize import normalize
from pipelines.normalized import NormalizedPosting
from pipelines.topics.stemming import LANGUAGES, stem_text
from pipelines.topics.tag import TagStage, find_topics
from pipelines.topics.taxonomy import load_taxonomy, shipped_taxonomy
from symposia.errors import TaxonomyError
from symposia.posting import Origin, Posting

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

INFLECTED = [
    (
        "es",
        "Taller: nuevas evaluaciones en primaria",
        "Diseñaremos rúbricas y pruebas formativas para el alumnado.",
        {"assessment"},
    ),
    (
        "es",
        "Encuentro de bibliotecarias escolares",
        "Cita anual de las bibliotecas escolares de la región.",
        {"library-media"},
    ),
    (
        "es",
        "Programar desde los seis años",
        "Los alumnos programan pequeños robots educativos y desarrollan pensamientos computacionales.",
        {"computer-science"},
    ),
    ("es", "Herramientas digitales para docentes", "Probaremos plataformas y tecnologías educativas.", {"edtech"}),
    (
        "es",
        "Emociones en la adolescencia",
        "Competencias socioemocionales y estrategias de educación emocional.",
        {"sel-wellbeing"},
    ),
    (
        "es",
        "Proyectos que enganchan",
        "Aprendizajes basados en proyectos: experiencias de tres institutos.",
        {"project-based-learning"},
    ),
    (
        "es",
        "Aulas inclusivas",
        "Atención al alumnado con discapacidades y con necesidad educativa especial.",
        {"special-education-inclusion"},
    ),
    ("es", "Recursos abiertos en las universidades", "Licencias y recurso educativo abierto.", {"oer"}),
    (
        "es",
        "Congreso de investigadores noveles",
        "Metodologías de investigación y escritura de artículos.",
        {"research"},
    ),
    ("fr", "Les évaluations formatives au quotidien", "Donner des retours utiles aux élèves.", {"assessment"}),
    (
        "fr",
        "Apprendre en jouant",
        "Un jeu éducatif par séance, et des jeux pour le cours de mathématiques.",
        {"game-based-learning", "math"},
    ),
    (
        "fr",
        "Journée des professeurs documentalistes",
        "Bibliothèques scolaires et CDI, lieux d'éducation aux médias.",
        {"library-media"},
    ),
    ("fr", "Accompagner les élèves handicapés", "Pour des écoles inclusives.", {"special-education-inclusion"}),
    (
        "fr",
        "Enseigner à distance",
        "Outils et exemples pour des formations hybrides et des classes virtuelles.",
        {"online-learning"},
    ),
    (
        "fr",
        "Lectures du soir : séminaires pour les enseignants de primaire",
        "Apprentissages de la lecture et de l'écriture.",
        {"literacy"},
    ),
    ("fr", "Inégalité scolaire et territoires", "Débats sur l'égalité de chances.", {"equity"}),
    ("fr", "Former les enseignants", "Formations continues des professeurs.", {"professional-learning"}),
    (
        "de",
        "Leistungsbewertungen fair gestalten",
        "Lernförderliche Prüfungen und Lernstandserhebungen.",
        {"assessment"},
    ),
    ("de", "Treffen der Schulleitungen", "Für Schulleiterinnen und Schulleiter aller Schulformen.", {"leadership"}),
    ("de", "Unterricht mit digitalen Medien", "Apps, Lernplattformen und digitales Werkzeug.", {"edtech"}),
    ("de", "Rechnen in der Grundschule", "Mathematische Aufgaben für den Mathematikunterrichts von morgen.", {"math"}),
    ("de", "Kleine Forscher", "Naturwissenschaftliche Versuche und chemische Experimente.", {"science"}),
    (
        "de",
        "Inklusive Klassen",
        "Kinder mit sonderpädagogischen Förderbedarfen begleiten.",
        {"special-education-inclusion"},
    ),
    ("de", "Mehrsprachige Kinder begleiten", "Sprachförderungen im Alltag.", {"ell-multilingual"}),
    ("de", "Erzieher in Kindertagesstätten", "Frühkindliche Bildungsprozesse verstehen.", {"early-childhood"}),
    (
        "de",
        "Lehrerfortbildungen im Herbst",
        "Fortbildungen für Lehrkräfte aller Schularten.",
        {"professional-learning"},
    ),
    ("nl", "Eerlijke beoordelingen in de bovenbouw", "Formatieve toetsen en betere feedback.", {"assessment"}),
    ("nl", "Lezen met plezier", "Over leesproblemen, leesbevordering en begrijpende lezers.", {"literacy"}),
    ("nl", "Wiskundige denkactiviteiten", "Voor wiskundedocenten uit het voortgezet onderwijs.", {"math"}),
    ("nl", "Dag van de schoolleider", "Ontmoeting voor schoolleiders en bestuurders.", {"leadership"}),
    ("nl", "Leren programmeren met micro:bits", "Kinderen programmeren hun eerste spel.", {"computer-science"}),
    ("nl", "Lessen op afstand", "Hoe online lessen en afstandsonderwijs beter worden.", {"online-learning"}),
    ("nl", "Professionalisering van leraren", "Nascholingen en lerarenopleidingen.", {"professional-learning"}),
    ("nl", "Educatieve spellen in de klas", "Al spelend leren: een educatieve game maken.", {"game-based-learning"}),
    (
        "pt",
        "Avaliações formativas na sala de aula",
        "Critérios e rubricas para avaliar as aprendizagens.",
        {"assessment"},
    ),
    ("pt", "Bibliotecas escolares em rede", "Encontro de bibliotecários.", {"library-media"}),
    ("pt", "Formações contínuas de docentes", "Formações de professores do ensino básico.", {"professional-learning"}),
    (
        "pt",
        "Alunos surdos, escolas inclusivas",
        "Educações inclusivas e deficiências auditivas.",
        {"special-education-inclusion"},
    ),
    (
        "pt",
        "Jogo educativo e matemática",
        "Um jogo sério para as aulas de matemática.",
        {"game-based-learning", "math"},
    ),
    ("pt", "Cursos a distância", "Ambientes virtuais e aulas online para o ensino superior.", {"online-learning"}),
    ("pt", "Aprender fazendo", "Projetos e aprendizagens baseadas em projetos.", {"project-based-learning"}),
    ("pt", "Igualdades de oportunidades", "Políticas de justiça social nas escolas.", {"equity"}),
    ("es", "Nuevas evaluaciones", "", {"assessment"}),
    ("de", "Bewertungen, die weiterhelfen", "", {"assessment"}),
    ("nl", "Beoordelingen zonder cijfers", "", {"assessment"}),
    ("pt", "Avaliações e mais avaliações", "", {"assessment"}),
]
"""Words as events have them, in plurals, cases and genders, where the topics' phrases are written in another form."""

STEMS = [
    ("en", "An evening at the university", "Organs and organists; the programs are printed."),
    ("en", "Annual programs meeting", "Count on us: accounts, members and a generous lunch."),
    ("es", "Noche de programas", "Presentamos el programa general y las obras."),
    ("fr", "Le programme de la soirée", "Programmes, général, générale et buffet."),
    ("de", "Kundentag im Autohaus", "Unsere Kunden erfahren alles über den neuen Prüfer der Werkstatt."),
    ("nl", "Kunstmest en de tuin", "De tuinman vertelt over kunstgras."),
    ("pt", "Programa da festa", "Programas, comidas e visitas."),
]
"""Words that share no more than a stem with a topic's: "programs" with "programming", "Prüfer" with "Prüfung"."""

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
    assert topics <= set(find_topics(shipped_taxonomy(), title))


@pytest.mark.parametrize(("name", "description", "topics"), TRAPS)
def test_traps(name: str, description: str | None, topics: set[str]) -> None:
    """Words that mean something else, words in passing, and the small print."""
    assert set(find_topics(shipped_taxonomy(), name, description)) == topics


@pytest.mark.parametrize(("language", "name", "description", "topics"), INFLECTED)
def test_inflected_words(language: str, name: str, description: str, topics: set[str]) -> None:
    """Whether the language is known or not."""
    assert topics <= find_topics(shipped_taxonomy(), name, description, language=language).keys()
    assert topics <= find_topics(shipped_taxonomy(), name, description).keys()


@pytest.mark.parametrize(("language", "name", "description"), STEMS)
def test_a_shared_stem_is_not_enough(language: str, name: str, description: str) -> None:
    """Words beside each other tell what is meant; one word does not."""
    assert not find_topics(shipped_taxonomy(), name, description, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_in_a_text_without_endings_are_those_of_the_text(language: str) -> None:
    """Where each word begins and ends, of words that lose something and words that do not."""
    text = "les 3 évaluations formatives, d'avaliações und leistungsbewertungen: c++ beoordelingen 2nd courses"
    stems = stem_text(text, language)
    places = [
        (stems.original_place(word.start()), stems.original_place(word.end()))
        for word in re.finditer(r"\w+", stems.text)
    ]

    assert len(stems.text) < len(text)
    assert places == [word.span() for word in re.finditer(r"\w+", text)]


def test_inflected_phrases_mask_and_are_told_as_they_are_listed(tmp_path: Path) -> None:
    """By the endings of the text's language; a language of which none are known is read by those of English."""
    path = tmp_path / "topics.toml"
    path.write_text(HEAD + "phrases=['offenes buch', 'open book', 'fish']\nnot=['fish study']", encoding="utf-8")
    taxonomy = load_taxonomy(path)

    assert find_topics(taxonomy, "Mit offenen Büchern", language="de-AT")["x"].evidence == ("name: offenes buch",)
    assert not find_topics(taxonomy, "Mit offenen Büchern", language="en")
    assert find_topics(taxonomy, "Opening books", language="xx").keys() == {"x"}
    assert not find_topics(taxonomy, "Fish studies")


def test_the_topics_by_group_in_the_order_of_the_file() -> None:
    """Every topic once, under its group's name."""
    taxonomy = shipped_taxonomy()
    groups = dict(taxonomy.group_topics())
    listed = [topic.slug for topics in groups.values() for topic in topics]

    assert list(groups) == list(taxonomy.groups.values())
    assert next(iter(groups)) == "Subjects"
    assert sorted(listed) == sorted(taxonomy.topics)
    for topics in groups.values():
        assert len({topic.group for topic in topics}) == 1
        assert [topic.slug for topic in topics] == [slug for slug in taxonomy.topics if taxonomy.topics[slug] in topics]


def test_the_manual_lists_the_topics() -> None:
    """Each with its group, its name and its sentence, as the file has them."""
    page = (Path(__file__).parents[3] / "docs" / "topics.md").read_text(encoding="utf-8")
    rows = [
        f"| {name} | `{topic.slug}` | {topic.name} | {topic.sentence} |"
        for name, topics in shipped_taxonomy().group_topics()
        for topic in topics
    ]

    assert re.findall(r"^\|.*\| `[a-z-]+` \|.*\|$", page, re.MULTILINE) == rows


def test_every_topic_has_an_example_and_a_group() -> None:
    """So that no topic is without one."""
    topics = shipped_taxonomy().topics

    assert set().union(*(expected for _, expected in TITLES)) == topics.keys()
    assert len({topic.group for topic in topics.values()}) == 5


def test_each_topic_says_why() -> None:
    """Where the words stood, and which they were."""
    why = find_topics(shipped_taxonomy(), "Phonics", "The science of reading.", ("dyslexia",))

    assert why["literacy"].evidence == ("name: phonics", "keyword: dyslexia", "opening: science of reading")


def test_a_title_is_surer_than_a_description() -> None:
    """And both are surer than either, but nothing is certain."""
    in_title, in_text, in_both = (
        find_topics(shipped_taxonomy(), *texts)["oer"].confidence
        for texts in (("Open textbooks",), ("A day", "Open textbooks"), ("Open textbooks", "Creative Commons"))
    )

    assert 0.5 <= in_text < in_title < in_both <= 1


def test_a_title_in_capitals_with_hyphens_and_a_plural() -> None:
    """Case, hyphens and a final s make no difference."""
    assert "project-based-learning" in find_topics(shipped_taxonomy(), "PROJECT BASED UNITS")
    assert "assessment" in find_topics(shipped_taxonomy(), "E‑Portfolios")


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

    assert not find_topics(taxonomy, "Sea and wave")
    assert find_topics(taxonomy, "Boat")["x"].confidence < find_topics(taxonomy, "Boat at sea")["x"].confidence
    assert set(find_topics(taxonomy, "Fishing")) == {"x"}
    assert set(find_topics(taxonomy, "Fish knife")) == {"y"}
    assert not find_topics(taxonomy, "Catfish")


SOURCE = [
    (
        "a weak word of the description, and the source",
        "A day out",
        "We talk of badges.",
        {"career-technical-credentials"},
    ),
    (
        "a phrase far down, and the source",
        "A day out",
        "x " * 130 + "on apprenticeship",
        {"career-technical-credentials"},
    ),
    ("the source alone, where words name no topic", "A day out", "", {"career-technical-credentials", "stem"}),
    ("the source alone, where words name one", "Algebra Day", "", {"math"}),
    ("no more than context, and the source", "The industry", "", {"career-technical-credentials", "stem"}),
    ("the small print, and the source", "Algebra", "x " * 130 + "\nAbout us: apprenticeship.", {"math"}),
]


def posting_of(name: str, description: str, *topics: str) -> NormalizedPosting:
    """What a source of those topics says, as read."""
    moment = datetime(2026, 11, 2, tzinfo=UTC)
    origin = Origin(source="a", url="https://a.example/", fetched_at=moment, extractor="json-ld", topics=topics)
    return normalize(Posting(origin=origin, source_key="1", name=name, description=description, start="2027-03-03"))


@pytest.mark.parametrize(("case", "name", "description", "topics"), SOURCE, ids=[case for case, *_ in SOURCE])
def test_a_sources_own_topics_are_weak_evidence(case: str, name: str, description: str, topics: set[str]) -> None:
    """One makes surer of what words hint at; alone it counts only where they name nothing, and is not sure."""
    tagged = TagStage(shipped_taxonomy())(posting_of(name, description, "career-technical-credentials", "stem")).event
    evidence = dict(tagged.evidence)

    assert set(tagged.topics) == topics
    if "stem" in topics:
        assert evidence["topics.stem"] == "source: its own topic (0.30)"


def test_without_the_source_its_hints_would_not_do() -> None:
    """The words alone are below the threshold; with the source, both are the evidence."""
    words = ("A day out", "We talk of badges.")
    backed = TagStage(shipped_taxonomy())(posting_of(*words, "career-technical-credentials")).event

    assert not find_topics(shipped_taxonomy(), *words)
    assert (
        dict(backed.evidence)["topics.career-technical-credentials"] == "opening: badge; source: its own topic (0.55)"
    )


def test_tagging_anew_leaves_nothing_of_the_old_tags() -> None:
    """Neither a topic nor its evidence."""
    once = TagStage(shipped_taxonomy())(posting_of("Phonics", ""))
    again = TagStage(shipped_taxonomy())(replace(once, event=replace(once.event, name="Algebra"))).event

    assert once.event.topics == ("literacy",)
    assert again.topics == ("math",)
    assert [field for field, _ in again.evidence if field.startswith("topics.")] == ["topics.math"]
