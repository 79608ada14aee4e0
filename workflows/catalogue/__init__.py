"""The catalogue of approval items (审批服务项目): what a county publishes of each of them (八公开)."""

from workflows.catalogue.item import Consulted, Item, Kind, Material
from workflows.catalogue.loading import CatalogueError, load_directory
from workflows.catalogue.operators import register

__all__ = ["CatalogueError", "Consulted", "Item", "Kind", "Material", "load_directory", "register"]
