import type { GateErrors, GateReport, Guardrail } from '#versions/gate/contract.ts';

/** The report as the command line and the service tell it; its names are explained in src/cli/README.md. */
export function toGateJson(report: GateReport) {
  const { deploy, verdict, n, unit, difference, needed, guardrails, rows, tolerance, test, nUnits, seed } =
    report;
  return {
    deploy,
    verdict,
    new_perf: toPerf(report.new),
    old_perf: toPerf(report.old),
    difference,
    n,
    needed,
    guardrails: guardrails.map(toGuardrailJson),
    unit,
    tolerance,
    test,
    units: nUnits,
    rows,
    seed,
  };
}

function toPerf(errors: GateErrors | null) {
  return errors && { ...errors, rmse: Math.sqrt(errors.mse) };
}

function toGuardrailJson(guardrail: Guardrail) {
  if (guardrail.kind !== 'coverage') return guardrail;
  return { ...guardrail, share: guardrail.held / guardrail.n };
}
