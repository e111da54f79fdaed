import type { ActionConnector, SourceConnector } from '../../shared/authoring/index.ts';
import { bindEffects, bindSources, type ConnectorsOf } from '../../shared/connectors/bind-connectors.ts';
import type { ActionPorts, SourcePorts } from '../../shared/connectors/implementation.ts';
import type { Effects, Sources } from '../../shared/ports/index.ts';

/** Connectors with ports that are there already. */
export function sourcesAtHand({
  connectorsOf,
  ...ports
}: SourcePorts & { readonly connectorsOf: ConnectorsOf<SourceConnector> }): Sources {
  return bindSources(async () => ports, connectorsOf);
}

/** Connectors with ports that are there already. */
export function effectsAtHand({
  connectorsOf,
  ...ports
}: ActionPorts & { readonly connectorsOf: ConnectorsOf<ActionConnector> }): Effects {
  return bindEffects(async () => ports, connectorsOf);
}
