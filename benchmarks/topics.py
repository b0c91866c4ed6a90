"""Milliseconds an event takes to be tagged: `python benchmarks/topics.py`.

Each text is new to the tagger, as in a crawl: invented titles and descriptions of about 650 characters in six languages,
made of words that exist and of words that are made up, so that word stems are computed too and not only remembered.
"""

import random
import time

from pipelines.topics.tag import find_topics
from pipelines.topics.taxonomy import shipped_taxonomy

EVENTS = 1000
WORDS = 95
MADE_UP = 0.05
SENTENCES = {
    "en": "we will look at how the formative assessments of your students and the feedback you give help them to learn to read",
    "es": "en este taller vemos cómo las evaluaciones formativas y los proyectos del alumnado ayudan a aprender en las aulas",
    "fr": "dans cet atelier nous verrons comment les évaluations formatives et les projets des élèves aident à apprendre",
    "de": "in diesem Workshop sehen wir, wie formative Bewertungen und die Projekte der Kinder beim Lernen mit digitalen Medien helfen",
    "nl": "in deze workshop zien we hoe formatieve toetsen en de projecten van leerlingen bij het leren en het lezen helpen",
    "pt": "nesta oficina vemos como as avaliações formativas e os projetos dos alunos ajudam a aprender nas salas de aula",
}


def texts(language: str, chance: random.Random) -> list[tuple[str, str]]:
    """Titles and descriptions."""
    words = SENTENCES[language].split()
    found = []
    for _ in range(EVENTS):
        said = [_made_up(chance) if chance.random() < MADE_UP else chance.choice(words) for _ in range(WORDS)]
        found.append((" ".join(said[:6]), " ".join(said[6:])))
    return found


def _made_up(chance: random.Random) -> str:
    return "".join(chance.choices("abdefgilmnorstu", k=8))


def main() -> None:
    """The mean of each language, its own phrases' stems made beforehand."""
    taxonomy, chance = shipped_taxonomy(), random.Random(7)
    for language in SENTENCES:
        cases = texts(language, chance)
        find_topics(taxonomy, "", language=language)
        began = time.perf_counter()
        for name, description in cases:
            find_topics(taxonomy, name, description)
        spent = time.perf_counter() - began
        print(f"{language}: {1000 * spent / len(cases):.2f} ms an event")


if __name__ == "__main__":
    main()
