import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addStudyCancel } from './study-cancel.js';
import { addStudyEvaluate } from './study-evaluate.js';
import { addStudyExport } from './study-export.js';
import { addStudyInit } from './study-init.js';
import { addStudyPlan } from './study-plan.js';
import { addStudyRegister } from './study-register.js';
import { addStudyReport } from './study-report.js';
import { addStudyRun } from './study-run.js';
import { addStudyStatus } from './study-status.js';
import { addStudySubmit } from './study-submit.js';

/** `chromaray study …` */
export function addStudy(parent: Command, context: Context): void {
  const study = parent.command('study').description('plan, run and read a controlled study');
  for (const add of [
    addStudyInit,
    addStudyPlan,
    addStudyRegister,
    addStudyRun,
    addStudySubmit,
    addStudyStatus,
    addStudyCancel,
    addStudyReport,
    addStudyEvaluate,
    addStudyExport,
  ])
    add(study, context);
}
