import type { Certificate } from '../../model/certificate.ts';
import { documentOf, runHeader } from '../json.ts';
import { MEANING, secondsOf } from './sections.ts';

/** A certificate for scripts. */
export function* certificateAsJson(certificate: Certificate): Iterable<string> {
  const { run, plan, inventory, approvals, started, canary, ended, options, chain } = certificate;
  const { expectation, rollbacks, filed, unfinishedUploads, purgedAt, origin, issuedAt, program } =
    certificate;
  yield* documentOf(
    {
      runId: run.runId,
      issuedAt,
      program: { name: 'clio-fields', version: program },
      chain,
      expected: expectation,
      origin,
      account: certificate.account,
      run: { ...runHeader(run), seconds: secondsOf(run) },
      plan: {
        planId: plan.planId,
        digest: plan.digest,
        planned: plan.planned,
        rollsBack: plan.rollsBack,
        isTwoPerson: plan.isTwoPerson,
        counts: plan.counts,
        fields: plan.fields.map(
          ({ definitionId, fieldName, parentType, rule, changed, flagged, unread }) => ({
            definitionId,
            fieldName,
            parentType,
            rule,
            changed,
            flagged,
            unread,
          }),
        ),
        optionChanges: plan.optionChanges,
      },
      inventory: {
        inventoryId: inventory.inventoryId,
        takenAt: inventory.takenAt,
        coverage: inventory.coverage,
        since: inventory.since,
      },
      reviewers: certificate.reviewers,
      approvals,
      started,
      canary,
      ended,
      options,
      rollbacks: rollbacks.map(runHeader),
      filed,
      unfinishedUploads,
      purgedAt,
    },
    { notMade: described(certificate) },
  );
}

function* described({ notMade }: Certificate): Iterable<object> {
  for (const each of notMade()) yield { ...each, meaning: MEANING[each.status] };
}
