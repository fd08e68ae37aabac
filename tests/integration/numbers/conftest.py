from tests.integration.rotation.conftest import world

__all__ = ["world"]
