import { spawnSync } from 'node:child_process';
import type { MadeRequest } from './run-machine.ts';

/** Debian's: a python3 that stands first in the path may not see the packages of apt. */
const python = '/usr/bin/python3';

export const hasBotocore = spawnSync(python, ['-c', 'import botocore']).status === 0;

/** Types, names and least lengths are botocore's to check; patterns, greatest lengths and lists of values stand in the same model. */
const script = `
import json, re, sys, botocore.session, botocore.validate
session = botocore.session.get_session()
faults = []
def walk(shape, value, at):
    meta = shape.metadata
    if shape.type_name == 'structure':
        for name, each in value.items(): walk(shape.members[name], each, at + '.' + name)
    elif shape.type_name == 'list':
        for i, each in enumerate(value): walk(shape.member, each, at + '[%d]' % i)
        if 'max' in meta and len(value) > meta['max']: faults.append(at + ': too many')
    elif shape.type_name == 'map':
        for name, each in value.items():
            walk(shape.key, name, at + '.key'); walk(shape.value, each, at + '.' + name)
    elif shape.type_name == 'string':
        if 'pattern' in meta and not re.fullmatch(meta['pattern'], value): faults.append(at + ': ' + value + ' is not ' + meta['pattern'])
        if 'max' in meta and len(value) > meta['max']: faults.append(at + ': too long')
        if shape.enum and value not in shape.enum: faults.append(at + ': ' + value + ' is none of the values')
for request in json.load(sys.stdin):
    model = session.create_client(request['service'], region_name='eu-west-3').meta.service_model.operation_model(request['operation'])
    report = botocore.validate.ParamValidator().validate(request['params'], model.input_shape)
    at = request['service'] + ':' + request['operation']
    if report.has_errors(): faults.append(at + ': ' + report.generate_report())
    else: walk(model.input_shape, request['params'], at)
print(json.dumps(faults))
`;

/** What AWS's own model of its services finds wrong with requests. */
export function findInvalid(requests: readonly MadeRequest[]): readonly string[] {
  const { stdout, stderr, status } = spawnSync(python, ['-c', script], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly string[];
}
