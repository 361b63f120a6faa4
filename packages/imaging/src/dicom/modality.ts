import { firstTable, lookUp } from './lookup-table.js';
import { attributes } from './tags.js';
import { type ElementSource, firstNumber, malformed } from './values.js';

/** From a stored sample to the value that the modality means. */
export type ModalityTransform = (stored: number) => number;

/**
 * The modality transform: the Modality LUT when there is one, else `slope * stored + intercept`.
 *
 * Source: DICOM PS3.3 2025, C.11.1.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED`
 */
export function modalityTransform(source: ElementSource, signed: boolean): ModalityTransform {
  const table = firstTable(source, attributes.modalityTables, signed);
  if (table !== undefined) return (stored) => lookUp(table, stored);
  const slope = firstNumber(source, attributes.rescaleSlope, 1);
  const intercept = firstNumber(source, attributes.rescaleIntercept, 0);
  if (slope === 0) throw malformed(source, attributes.rescaleSlope, 'is 0, which leaves no picture');
  return (stored) => slope * stored + intercept;
}
