import { createMessage, type ProtoMessage } from './protobuf.ts';

/** Field numbers and codes of onnx.proto (onnx/onnx, v1.16). */
const types = { float: 1, int64: 7, double: 11 } as const;
type ElementType = keyof typeof types;
const attributeTypes = { whole: 2, text: 3, tensor: 4, wholes: 7, texts: 8 } as const;

export type Attribute =
  | { readonly whole: number }
  | { readonly text: string }
  | { readonly tensor: Float64Array }
  | { readonly wholes: readonly number[] }
  | { readonly texts: readonly string[] };

/** A graph under construction: every operation gives the name of its output. */
export interface OnnxGraph {
  readonly doubles: (values: readonly number[], dims?: readonly number[]) => string;
  readonly wholes: (values: readonly number[]) => string;
  readonly add: (
    operation: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    domain?: string,
  ) => string;
  /** The file of a model from `X` (double, n × width) to what `output` names, as `Y` (double, n × 1). */
  readonly finish: (output: string, width: number, metadata: Readonly<Record<string, string>>) => Uint8Array;
}

export function createGraph(): OnnxGraph {
  const nodes: ProtoMessage[] = [];
  const constants: ProtoMessage[] = [];
  const keep = (tensor: ProtoMessage) => {
    const name = `c${constants.length}`;
    constants.push(tensor.text(8, name));
    return name;
  };
  const add: OnnxGraph['add'] = (operation, inputs, attributes = {}, domain = '') => {
    const name = `v${nodes.length}`;
    const node = createMessage();
    for (const input of inputs) node.text(1, input);
    node.text(2, name).text(3, name).text(4, operation);
    for (const [key, value] of Object.entries(attributes)) node.message(5, writeAttribute(key, value));
    if (domain !== '') node.text(7, domain);
    nodes.push(node);
    return name;
  };
  return {
    doubles: (values, dims = [values.length]) => keep(writeDoubles(Float64Array.from(values), dims)),
    wholes: (values) => keep(writeTensor('int64', [values.length], BigInt64Array.from(values, BigInt))),
    add,
    finish: (output, width, metadata) => {
      nodes.push(createMessage().text(1, output).text(2, 'Y').text(4, 'Identity'));
      const graph = createMessage();
      for (const node of nodes) graph.message(1, node);
      graph.text(2, 'tranche');
      for (const constant of constants) graph.message(5, constant);
      graph.message(11, describeValue('X', width)).message(12, describeValue('Y', 1));
      const model = createMessage().whole(1, 8).text(2, 'Tranche').message(7, graph);
      for (const [domain, version] of [['', 15] as const, ['ai.onnx.ml', 3] as const]) {
        model.message(8, createMessage().text(1, domain).whole(2, version));
      }
      for (const [key, value] of Object.entries(metadata)) {
        model.message(14, createMessage().text(1, key).text(2, value));
      }
      return model.finish();
    },
  };
}

function writeAttribute(name: string, value: Attribute): ProtoMessage {
  const message = createMessage().text(1, name);
  if ('whole' in value) message.whole(3, value.whole).whole(20, attributeTypes.whole);
  else if ('text' in value) message.text(4, value.text).whole(20, attributeTypes.text);
  else if ('tensor' in value) {
    message.message(5, writeDoubles(value.tensor, [value.tensor.length])).whole(20, attributeTypes.tensor);
  } else if ('wholes' in value) message.wholes(8, value.wholes).whole(20, attributeTypes.wholes);
  else {
    for (const text of value.texts) message.text(9, text);
    message.whole(20, attributeTypes.texts);
  }
  return message;
}

function writeDoubles(values: Float64Array, dims: readonly number[]): ProtoMessage {
  return writeTensor('double', dims, values);
}

/** Numbers lie in the file as every machine that reads it keeps them: the least byte first. */
function writeTensor(
  type: ElementType,
  dims: readonly number[],
  values: Float64Array | BigInt64Array,
): ProtoMessage {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createMessage().wholes(1, dims).whole(2, types[type]).bytes(9, bytes);
}

function describeValue(name: string, width: number): ProtoMessage {
  const shape = createMessage()
    .message(1, createMessage().text(2, 'n'))
    .message(1, createMessage().whole(1, width));
  const tensor = createMessage().whole(1, types.double).message(2, shape);
  return createMessage().text(1, name).message(2, createMessage().message(1, tensor));
}
