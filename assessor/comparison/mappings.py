"""Which mappings between editions come with the product?"""

from functools import cache

from checklists.library import load_all, packaged
from checklists.mapping import FOLDER, ItemMapping


@cache
def packaged_mappings() -> tuple[ItemMapping, ...]:
    """All that could be read without a problem; the whole library is only read for them."""
    if not any((folder / FOLDER).is_dir() for folder in packaged().values()):
        return ()
    return load_all()[0].mappings
