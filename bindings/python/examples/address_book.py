"""Puts the cards of several address books into one.

``python address_book.py ALL.vcf PHONE.vcf MAIL.vcf`` takes in the cards of the phone and of the
mail program, prints who is there, and writes all of them to one file. A card of somebody who is
known fills what is empty, and makes nobody twice.
"""

from __future__ import annotations

import sys
from pathlib import Path

import crmkit


def main() -> None:
    """Takes the cards in, tells who is there, and writes them out."""
    target, *sources = map(Path, sys.argv[1:])
    with crmkit.in_memory(region="CN") as crm:
        for source in sources:
            cards = crm.imports.cards(source)
            cards.refused_to = None
            result = cards.run()
            print(f"{source.name}: {result.counts.created} new")
            for card in result.refused:
                print(f"{source.name}, line {card.line}: {card.reason}", file=sys.stderr)
        for person in crm.customers.find(order_by="name").all():
            print(person.name)
        crm.customers.to_cards(target, order_by="name")


if __name__ == "__main__":
    main()
