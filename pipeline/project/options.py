"""What a configuration says, in the words of the lower floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extractors.frontmatter import KeyChoice
from pipeline.extractors.page import PageOptions

if TYPE_CHECKING:
    from pipeline.extractors.adaptation import Adaptation
    from pipeline.project.config import Config  # at run time pydantic would come with it


def page_options(config: Config) -> PageOptions:
    """How the configuration wants pages read."""
    wanted, skipped = (frozenset(map(str.casefold, keys)) for keys in (config.front_matter, config.front_matter_skip))
    code = {"": config.code} if isinstance(config.code, str) else config.code
    chosen = tuple(sorted(code.items())) if set(code.values()) != {"none"} else ()
    return PageOptions(KeyChoice(wanted, skipped), config.context, chosen, config.bilingual)


def adaptation(config: Config) -> Adaptation:
    """How the configuration wants translated pages fitted to their language."""
    from pipeline.extractors.adaptation import Adaptation  # only exports adapt, and start without it is quicker

    dialect = None if config.dialect == "auto" else config.dialect
    rules = tuple((rule.before, rule.after) for rule in config.links)
    return Adaptation(heading_ids=config.heading_ids, dialect=dialect, links=rules)
