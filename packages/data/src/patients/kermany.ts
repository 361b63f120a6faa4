import { type PatientRule, stem } from './rule.js';

// person23_bacteria_92, person1_virus_6, person74_virus_139_1
const pneumonia = /^person(\d+)_(bacteria|virus)_\d+(?:_\d+)*$/;
// IM-0115-0001, IM-0011-0001-0002, NORMAL2-IM-0206-0001
const normal = /^(NORMAL2-)?IM-(\d+)-\d+(?:-\d+)*$/;

/**
 * File names of the Kermany et al. 2018 set (doi:10.17632/rscbjbr9sj.2). A patient is `person23_bacteria`
 * or the study `IM-0115`; `NORMAL2-IM-0115` is another study, numbered in another series. So read, no
 * patient is in both the train and the test part of the set.
 */
export const kermany: PatientRule = {
  name: 'kermany',
  description:
    'Kermany file names: `personN_<subtype>` is a patient, and so is a study number after `IM-`, kept apart by the prefix `NORMAL2-`.',
  identify({ id }) {
    const name = stem(id);
    const sick = pneumonia.exec(name);
    if (sick !== null) return { patient: `person${sick[1]}_${sick[2]}`, subtype: sick[2]! };
    const healthy = normal.exec(name);
    return healthy === null ? null : { patient: `${healthy[1] ?? ''}IM-${healthy[2]}`, subtype: null };
  },
};

/**
 * The cautious reading of the same names: one number is one child, with any subtype or
 * prefix. Whether that is so is not known; splitting by it separates nobody who might be one child.
 */
export const kermanyNumber: PatientRule = {
  name: 'kermany-number',
  description:
    'Kermany file names, read cautiously: every image with the same number after `person`, or after `IM-`, counts as one patient.',
  identify(record) {
    const identity = kermany.identify(record);
    if (identity === null) return null;
    return { ...identity, patient: identity.patient.replace(/^NORMAL2-/, '').replace(/_.*$/, '') };
  },
};
