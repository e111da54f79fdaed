/** A value as it comes over the wire; parsed values have canonical numbers and base64, and sets without duplicates. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap };

/** An item, a key, or what `M` holds. Read it with `attributeOf`: names such as `constructor` are ordinary attributes. */
export type AttributeMap = { readonly [name: string]: AttributeValue };

export const attributeTypes = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'] as const;
export type AttributeType = (typeof attributeTypes)[number];

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new TypeError('an attribute value without a type');
}

export function attributeOf(map: AttributeMap, name: string): AttributeValue | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** A map to fill that takes any name, `__proto__` too. */
export function emptyAttributeMap(): { [name: string]: AttributeValue } {
  return Object.create(null) as { [name: string]: AttributeValue };
}
