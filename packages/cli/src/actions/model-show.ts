import { bytes, count, significant } from '@chromaray/base';
import { type DescribedModel, describeModel } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';

export interface ModelShowOptions {
  readonly arm?: string;
  readonly size?: number;
  readonly batch?: number;
  readonly json?: boolean;
}

/** What `chromaray model show <network>` does. */
export function modelShowAction(network: string, options: ModelShowOptions, context: Context): void {
  const { json, ...asked } = options;
  const described = describeModel(network, asked);
  context.progress.end();
  if (json) writeJson(context.out, described);
  else printText(context.out, format(described, lineWidth(context.out)));
}

function format(model: DescribedModel, width: number): string {
  const { name, arm, size, layers, parameters, multiplyAdds, training } = model;
  const rows = layers.map((layer) => [
    layer.name,
    layer.operator,
    layer.output.join(' x '),
    layer.parameters,
    layer.multiplyAdds,
  ]);
  return [
    `${name}${arm === null ? '' : `, arm ${arm}`}${size === null ? '' : `, ${size} x ${size} pixels`}`,
    '',
    formatTable(['layer', 'operator', 'output', 'parameters', 'multiply-adds'], rows, width),
    '',
    `Parameters     ${count(parameters)}`,
    `Multiply-adds  ${significant(multiplyAdds / 1e6)} million a picture`,
    ...(training === null
      ? []
      : [
          `Training       about ${bytes(training.memoryBytes)} of memory with batches of ${training.batch} on ${training.backend}`,
        ]),
  ].join('\n');
}
