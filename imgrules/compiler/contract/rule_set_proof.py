"""The proof of the models of a rule set against the contracts of their types, made once for each table."""

from __future__ import annotations

from imgrules.compiler.contract.body_proof import ContractProof, joined, prove
from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.reading import contract_in
from imgrules.compiler.spec.rule_set import RuleSet, type_name
from imgrules.quoting import quoted
from imgrules.table.records import Table
from imgrules.table.terms import dotted


def proof_of(rules: RuleSet, table: Table) -> ContractProof:
    """Return the proof of all models whose type names a contract; cached with the table."""
    cached: ContractProof | None = table.memory.get("contract")
    if cached is not None:
        return cached
    pairs = ((name, contract_of(rules, name)) for name in table.models)
    proof = joined(prove(table, name, contract) for name, contract in pairs if contract is not None)
    kept: ContractProof = table.memory.keep("contract", proof)
    return kept


def only_tried(table: Table) -> tuple[str, ...]:
    """Return what was not proved but tried with texts and lists, as parts of a sentence."""
    proof: ContractProof | None = table.memory.get("contract")
    sampled = () if proof is None else proof.sampled
    return tuple(f"{quoted(keyword)} at {quoted(dotted(path) or 'the body')}" for path, keyword in sampled)


def contract_of(rules: RuleSet, model: str) -> Contract | None:
    """Return the contract that the type of a model names; None without one, or where it cannot be used."""
    file = rules.contracts.get(type_name(rules.shared, rules.models[model]))
    contract = None if file is None or file.message else contract_in(file.raw)
    return contract if isinstance(contract, Contract) else None
