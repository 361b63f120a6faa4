import type { PatientRule } from './rule.js';

function named(name: string, pattern: RegExp, description: string): PatientRule {
  return {
    name,
    description,
    identify({ id }) {
      const patient = pattern.exec(id)?.[1];
      return patient === undefined ? null : { patient, subtype: null };
    },
  };
}

/**
 * Patients in the paths of published data sets, for those who use their files outside the sets' own manifests. Sources:
 * the sets' descriptions (ChestX-ray14: Wang 2017; MIMIC-CXR-JPG: Johnson 2019; CheXpert: Irvin 2019; PadChest:
 * Bustos 2020). VinDr-CXR and VinDr-PCXR name files by picture and tell no patient.
 */
export const wellKnownRules: readonly PatientRule[] = [
  named(
    'chestxray14',
    /(?:^|\/)(\d{8})_\d{3}\.\w+$/,
    'The eight digits before the underscore in the file names of ChestX-ray14 identify the patient.',
  ),
  named(
    'mimic-cxr',
    /(?:^|\/)p\d{2}\/(p\d{8})\/s\d{8}\//,
    'The folder of `p` and eight digits in the paths of MIMIC-CXR identifies the patient.',
  ),
  named(
    'chexpert',
    /(?:^|\/)(patient\d{5,6})\/study\d+\//,
    'The folder of `patient` and its number in the paths of CheXpert identifies the patient.',
  ),
  named(
    'padchest-study',
    /(?:^|\/)(\d{30,45})_[\w-]+\.\w+$/,
    'The long number in the file names of PadChest identifies the study; a patient may have several studies.',
  ),
];
