import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { foldLedger } from '#monitoring/ledger.ts';
import { readEvents } from '#monitoring/ledger-file.ts';
import { type Monitoring, monitorLedger } from '#monitoring/monitor.ts';
import type { FollowRequest } from './contract.ts';

/** What has become of a ledger's announcements. Throws `ledger-invalid`, and `ledger-empty` for one without any. */
export async function followLedger(
  { ledger, matching, model }: FollowRequest,
  context: JobContext,
): Promise<Monitoring> {
  const folded = foldLedger(readEvents(ledger));
  const options = { ...(matching && { matching }), ...(model !== undefined && { model }) };
  const monitoring = await monitorLedger(folded, options, context);
  if (monitoring === null) throw new AppError('ledger-empty', 'nothing was announced in this ledger');
  return monitoring;
}
