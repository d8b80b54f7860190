// Lithiophilicity, which three different quantities are called: how molten lithium wets a surface, with the reactions behind it; what each
// element does beside lithium; and, as another question, how an electrolyte wets lithium.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { elementFigure } from '../../../figures/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { ExportMenu } from '../../charts/export-menu.tsx';
import { useConstant } from '../../engine/use-constant.ts';
import { useSettled } from '../../engine/use-settled.ts';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { NameField } from '../../parts/optional-field.tsx';
import { QuantityField } from '../../parts/quantity-field.tsx';
import { saveJson } from '../../parts/save.ts';
import { TaskStatus } from '../../parts/status.tsx';
import { useSlice } from '../../state/store.ts';
import { ElectrolyteAnswer } from './electrolyte.tsx';
import { ElementDetails, ElementMap } from './element-map.tsx';
import { ReactionAnswer } from './reaction.tsx';
import type { LithiophilicitySlice } from './state.ts';
import { WettingAnswers, WettingFields } from './wetting.tsx';

/** The full number of draws is taken when nothing has changed for this long. */
const SETTLED_ms = 300;

interface PartProps {
  readonly slice: LithiophilicitySlice;
  patch(part: Partial<LithiophilicitySlice>, tag?: string): void;
}

export function View(): JSX.Element {
  const [slice, patch] = useSlice('lithiophilicity');
  const { reaction, reactionTemperature, mapTemperature, element, electrolyte, distance, ...surface } = slice;
  // What one part draws is left alone while a slider of another moves.
  const wetting = useMemo(() => <Wetting slice={slice} patch={patch} />, [JSON.stringify(surface)]);
  const elements = useMemo(
    () => <Elements slice={slice} patch={patch} />,
    [mapTemperature, element, reaction, reactionTemperature],
  );
  const reactions = useMemo(() => <Reaction slice={slice} patch={patch} />, [reaction, reactionTemperature]);
  const electrolytes = useMemo(() => <Electrolyte slice={slice} patch={patch} />, [electrolyte, distance]);
  return (
    <div class="lithiophilicity">
      <h1>Lithiophilicity</h1>
      {wetting}
      {elements}
      {reactions}
      {electrolytes}
    </div>
  );
}

function Wetting({ slice, patch }: PartProps): JSX.Element {
  const choices = useConstant('wettingChoices', {});
  const { substrate, coating, temperature, roughness, solidFraction, pore, depth, time } = slice;
  const { porosity, coverage, coatingThickness, atmosphere } = slice;
  const surface = { substrate, coating, temperature, roughness, solidFraction };
  const host = { pore, depth, time, porosity, coverage, coatingThickness, atmosphere };
  const now = { ...surface, ...host };
  const settled = useSettled(now, SETTLED_ms);
  const isSettled = JSON.stringify(settled) === JSON.stringify(now);
  const draft = useTask('wetting', { ...now, isDraft: true }, 'live');
  const full = useTask('wetting', isSettled && draft.isCurrent ? { ...settled, isDraft: false } : null, 'beside');
  const isFull = isSettled && full.isCurrent && full.output !== null;
  const newest = isFull ? full.output : (draft.output ?? full.output);
  // The curve against temperature is that of the last settled question; while a hand moves it is greyed and stays.
  const shown =
    newest === null
      ? null
      : { ...newest, againstTemperature: newest.againstTemperature ?? full.output?.againstTemperature ?? null };
  return (
    <section class="desk" aria-label="Molten lithium on a surface">
      <div class="cards">
        <WettingFields slice={slice} choices={choices} patch={patch} />
      </div>
      <div class="cards">
        <TaskStatus asked={draft} what="The surface" />
        {shown === null ? null : <WettingAnswers output={shown} isStale={!draft.isCurrent && !isFull} />}
      </div>
    </section>
  );
}

function Elements({ slice, patch }: PartProps): JSX.Element {
  const { mapTemperature, element } = slice;
  const asked = useTask('elementMap', { temperature: mapTemperature }, 'bands');
  const { output } = asked;
  const choose = (symbol: string): void => {
    const reaction = output?.reactions[symbol];
    patch({
      element: symbol,
      ...(reaction === undefined ? {} : { reaction, reactionTemperature: mapTemperature }),
    });
  };
  return (
    <section class="card" aria-labelledby="elements-beside-lithium">
      <div class="heading">
        <h2 id="elements-beside-lithium">Elements beside lithium</h2>
        {output === null ? null : <MapExport output={output} />}
      </div>
      <div class="narrow">
        <QuantityField
          label="Temperature of the map"
          value={mapTemperature}
          dimension="temperature"
          unit="°C"
          range_SI={[298.15, 873.15]}
          onChange={(text) => patch({ mapTemperature: text }, 'map temperature')}
        />
      </div>
      <TaskStatus asked={asked} what="The map" />
      {output === null ? null : (
        <>
          <ElementMap map={output.map} chosen={element} onChoose={choose} />
          {output.map.remarks.map((remark) => (
            <p class="warning" key={remark}>
              {remark}
            </p>
          ))}
          <ElementDetails
            map={output.map}
            chosen={element}
            command={output.command}
            isAsked={slice.reaction === output.reactions[element]}
          />
        </>
      )}
    </section>
  );
}

function MapExport({ output: { map, command } }: { readonly output: TaskOutput<'elementMap'> }): JSX.Element {
  const words = useAnswerItems();
  const more = [
    ...words({ of: 'elements', answer: map }, { name: 'limetal-elements', command }),
    { label: 'Data as JSON', run: () => saveJson(map, 'limetal-elements.json') },
  ];
  return (
    <ExportMenu
      title="the map of elements"
      figure={elementFigure(map)}
      context={{ name: 'limetal-elements', command, more }}
    />
  );
}

function Reaction({ slice, patch }: PartProps): JSX.Element {
  const { reaction, reactionTemperature } = slice;
  const asked = useTask('reaction', { text: reaction, temperature: reactionTemperature }, 'bands');
  return (
    <section class="card" aria-labelledby="reactions-with-lithium">
      <h2 id="reactions-with-lithium">Reactions with lithium</h2>
      <div class="pair">
        <NameField
          label="Reaction, or its left side"
          value={reaction}
          placeholder="SnO2 + Li"
          hint="without coefficients it is balanced, without a right side it is completed"
          onChange={(text) => patch({ reaction: text })}
        />
        <QuantityField
          label="Temperature of the reaction"
          value={reactionTemperature}
          dimension="temperature"
          unit="°C"
          range_SI={[298.15, 873.15]}
          onChange={(text) => patch({ reactionTemperature: text }, 'reaction temperature')}
        />
      </div>
      <TaskStatus asked={asked} what="The reaction" />
      {asked.output === null ? null : (
        <div class={asked.issues.length > 0 ? 'is-old' : ''}>
          <ReactionAnswer output={asked.output} />
        </div>
      )}
    </section>
  );
}

function Electrolyte({ slice, patch }: PartProps): JSX.Element {
  const { electrolyte, distance } = slice;
  const asked = useTask('electrolyteOnLithium', { electrolyte, distance }, 'bands');
  return (
    <section class="card" aria-labelledby="electrolyte-on-lithium">
      <h2 id="electrolyte-on-lithium">Another quantity: an electrolyte on lithium</h2>
      <div class="pair">
        <NameField
          label="Electrolyte"
          value={electrolyte}
          placeholder="1 M LiPF6 in EC/DEC (1:1 v/v)"
          onChange={(text) => patch({ electrolyte: text })}
        />
        <QuantityField
          label="Way along the separator"
          value={distance}
          dimension="length"
          unit="mm"
          range_SI={[1e-3, 0.3]}
          isLogarithmic
          onChange={(text) => patch({ distance: text }, 'wetting distance')}
        />
      </div>
      <TaskStatus asked={asked} what="The electrolyte" />
      {asked.output === null ? null : <ElectrolyteAnswer output={asked.output} />}
    </section>
  );
}
