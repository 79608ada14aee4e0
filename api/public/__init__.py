"""What the public sees: pages made on the server, whole without script, in Chinese and in English.

Each page reads by the same functions as the JSON endpoint beside it; there is no second copy of a rule here.
"""

from api.public import cases, complaints, fees, front, items, publications, ratings, screen, verification
from api.public.blueprint import public
from api.public.error_pages import show_problems_as_pages

__all__ = [
    "cases",
    "complaints",
    "fees",
    "front",
    "items",
    "public",
    "publications",
    "ratings",
    "screen",
    "show_problems_as_pages",
    "verification",
]
