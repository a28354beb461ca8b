"""What is sold."""

from __future__ import annotations

from crmkit._tables import ProductsTable
from crmkit.collections._known import Known
from crmkit.collections._tagged import Tagged
from crmkit.records import Product


class Products(ProductsTable, Tagged[Product], Known[Product]):
    """What is sold.

    Examples:
        >>> import crmkit
        >>> from crmkit import Money
        >>> crm = crmkit.in_memory()
        >>> loom = crm.products.create(name="Loom", list_price=Money(2400, "EUR"))
        >>> crm.products.add_external_id(loom, "erp", "L-12").system
        'erp'
    """
