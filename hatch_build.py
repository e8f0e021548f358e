"""Puts the models into the wheel, and only there.

A static force-include would copy them into the environment of every editable install too, where nothing reads them: an
editable install uses the checkout's own models/.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ModelsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Maps models/ to obecsum/_models/ in wheels that are built to be installed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the folder; `version` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"]["models"] = "obecsum/_models"
