// The commands about rules, which stand in one file beside that of the command line.

export { auditCommand } from './audit.ts';
export { explainCommand } from './explain.ts';
export { rulesCommand } from './rules.ts';
