"""Reads a FHIR R4 Bundle from standard input and checks each resource against the published structure (R4B has the same
resources); names what is wrong and ends with an error when something is."""

import json
import sys

from fhir.resources.R4B import get_fhir_model_class

bundle = json.load(sys.stdin)
get_fhir_model_class("Bundle").model_validate(bundle)
kinds = sorted({entry["resource"]["resourceType"] for entry in bundle["entry"]})
known = {entry["fullUrl"] for entry in bundle["entry"]}


def references(value):
    """Every reference inside a resource."""
    if isinstance(value, dict):
        if "reference" in value:
            yield value["reference"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


dangling = set(references(bundle)) - known
if dangling:
    sys.exit(f"references to what is not in the bundle: {sorted(dangling)}")
print(" ".join(kinds))
