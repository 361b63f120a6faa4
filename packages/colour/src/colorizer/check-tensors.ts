import type { OnnxRunner, TensorDeclaration } from '@chromaray/engine';
import { colorizerError } from '../errors/colorizer-error.js';
import type { TensorNames } from './colorizer.js';
import type { ColorizerContract } from './contract.js';
import { renderUnit } from './contract.js';

/** A file that is to follow a contract. */
export interface DeclaredFile {
  readonly name: string;
  readonly contract: ColorizerContract;
  readonly tensors: TensorNames;
}

/**
 * Holds what a file declares against its contract, before anything is run.
 *
 * @returns the side of the square the file is fixed to, undefined when it takes any
 * @throws ChromarayError `CHROMARAY_COLORIZER_TENSOR`
 */
export function checkTensors(runner: OnnxRunner, { name, contract, tensors }: DeclaredFile): number | undefined {
  const input = find(runner.inputs, tensors.input, 'input', name);
  find(runner.outputs, tensors.output, 'output', name);
  const others = runner.inputs.filter((other) => other.name !== tensors.input).map((other) => `"${other.name}"`);
  if (others.length > 0) throw tensorError(name, `needs further inputs (${others.join(', ')})`);
  if (input.type !== 'float32') throw tensorError(name, `takes ${input.type}, expected float32`);
  if (input.shape.length !== 4) {
    throw tensorError(name, `takes ${shapeText(input)}, expected [1, ${contract.input.channels}, side, side]`);
  }
  const [batch, channels, height, width] = input.shape;
  if (isFixed(channels) && channels !== contract.input.channels) {
    throw tensorError(name, `takes ${channels} channels, expected ${contract.input.channels}`);
  }
  if (isFixed(batch) && batch !== 1) throw tensorError(name, `takes ${batch} pictures at once, expected 1`);
  if (isFixed(height) && isFixed(width) && height !== width) {
    throw tensorError(name, `takes pictures of ${width} x ${height}, expected a square`);
  }
  return [height, width].find(isFixed);
}

/**
 * The side a colorizer works at: what was asked for, else what the file is fixed to, else the contract's.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_SIZE`
 */
export function chooseSide(
  { name, contract }: DeclaredFile,
  fixed: number | undefined,
  renderFactor: number | undefined,
): number {
  const { standard, allowed } = contract.renderFactor;
  const side = renderFactor === undefined ? (fixed ?? standard * renderUnit) : renderFactor * renderUnit;
  if (fixed !== undefined && side !== fixed) {
    throw colorizerError('SIZE', {
      message: `The colorizer "${name}" takes pictures of ${fixed} x ${fixed} only; the render factor ${renderFactor} asks for ${side}.`,
      remedy: 'Leave the render factor out.',
      details: { colorizer: name, side, fixed },
    });
  }
  if (allowed !== 'any' && !allowed.includes(side / renderUnit)) {
    const sides = allowed.map((factor) => `${factor * renderUnit} (render factor ${factor})`).join(' or ');
    throw colorizerError('SIZE', {
      message: `The colorizer "${name}" would work at ${side} x ${side} pixels; its contract expects ${sides}.`,
      remedy: renderFactor === undefined ? 'Use a file exported for that size.' : 'Choose one of these.',
      details: { colorizer: name, side, allowed },
    });
  }
  return side;
}

function find(
  declared: readonly TensorDeclaration[],
  wanted: string,
  role: 'input' | 'output',
  name: string,
): TensorDeclaration {
  const found = declared.find((tensor) => tensor.name === wanted);
  if (found !== undefined) return found;
  const names = declared.map((tensor) => `"${tensor.name}"`).join(', ');
  throw tensorError(name, `has no ${role} "${wanted}"; it has ${names}`, `Name it: --${role} ${declared[0]?.name}`);
}

function tensorError(name: string, what: string, remedy = 'Use a file that was exported for this contract.') {
  return colorizerError('TENSOR', {
    message: `The colorizer "${name}" ${what}.`,
    remedy: remedy.replace(/\.?$/, '.'),
    details: { colorizer: name },
  });
}

function isFixed(side: number | string | undefined): side is number {
  return typeof side === 'number' && side > 0;
}

function shapeText({ shape }: TensorDeclaration): string {
  return `[${shape.map((side) => (isFixed(side) ? side : 'any')).join(', ')}]`;
}
