// The exact Jacobian of the cell's equations, row by row beside the fields that `full-fields.ts` evaluates, and its
// factorisation. Every entry is checked against differences in `full-system.test.ts`.

import type { DaeSystem } from '../numerics/index.ts';
import { sinh } from '../numerics/index.ts';
import { F, R } from '../units/index.ts';
import { CONCENTRATION_mol_per_m3_FLOOR, type FullFields } from './full-fields.ts';
import { type MetalSide, THICKNESS_m_PER_mol_per_m2 } from './metal-side.ts';

/** The `factorise` of a cell's system; call right after the fields were evaluated at the same point. */
export function createFullJacobian(fields: FullFields): DaeSystem['factorise'] {
  const {
    cathodeLaws,
    counter,
    working,
    ns,
    np,
    nr,
    nx,
    thermal,
    counterLayers,
    workingLayers,
    jBorder,
    qBorder,
    tBorder,
    counterBorder,
    workingBorder,
    border,
    sharedBranch,
    matrix,
    jIndex,
    tIndex,
    width,
    tortuosity,
    poreVolume,
    poreTotal,
    reserveShare,
    distance,
    weightLeft,
    sigma,
    cathodeWidth,
    areaPerNode,
    shellVolume,
    faceArea,
    shellWidth,
    cMax,
    c,
    kappa,
    diffusivity,
    tPlus,
    tdf,
    slopes,
    chi,
    edgeKappa,
    edgeDiffusivity,
    edgeAnion,
    edgeChi,
    edgeCurrent,
    stoichiometry,
    openCircuit,
    openCircuitSlope,
    entropic,
    entropicSlope,
    exchangeCurrent,
    exchangeByC,
    exchangeByS,
    solidDiffusivity,
    solidDiffusivitySlope,
    cathodeEnthalpy,
    kineticWarmth,
    diffusionWarmth,
    now,
    wear,
    constantDiffusivity,
    drive,
    indexOfC,
    cell,
    transport,
    branchStart,
    halfCellOhmic,
    halfCellConcentration,
    voltage,
    enthalpyPotentialInto,
    saltPerThickness,
  } = fields;

  // Derivatives of edge quantities by the two nodes beside the edge, by i and by T.
  const fluxByC0 = new Float64Array(nx);
  const fluxByC1 = new Float64Array(nx);
  const fluxByT = new Float64Array(nx);
  const currentByC0 = new Float64Array(nx);
  const currentByC1 = new Float64Array(nx);
  const currentByPsi = new Float64Array(nx);
  const currentByI = new Float64Array(nx);
  const currentByT = new Float64Array(nx);
  const dropByC0 = new Float64Array(nx);
  const dropByC1 = new Float64Array(nx);
  const dropByT = new Float64Array(nx);
  const kappaByC0 = new Float64Array(nx);
  const kappaByC1 = new Float64Array(nx);
  const kappaByT = new Float64Array(nx);
  const xByC0 = new Float64Array(nx);
  const xByC1 = new Float64Array(nx);
  const xByT = new Float64Array(nx);
  const reactionByC = new Float64Array(np);
  const reactionByS = new Float64Array(np);
  const reactionByPsi = new Float64Array(np);
  const reactionByT = new Float64Array(np);
  const openCircuitByT = new Float64Array(np);
  const chiByC = new Float64Array(nx);
  const chiByT = new Float64Array(nx);

  function differentiateEdges(i: number): void {
    transport.derivativesInto(nx, c, now.temperature, slopes);
    const thermalVoltage = (R * now.temperature) / F;
    for (let k = 0; k < nx; k++) {
      const effective = tortuosity[k]! * wear.transportShare;
      slopes.kappa_c[k]! *= effective;
      slopes.kappa_T[k]! *= effective;
      slopes.D_c[k]! *= effective;
      slopes.D_T[k]! *= effective;
      const floor = Math.max(c[k]!, CONCENTRATION_mol_per_m3_FLOOR);
      const open = 2 * (1 - tPlus[k]!);
      const byC = (-2 * slopes.tPlus_c[k]! * tdf[k]! + open * slopes.tdf_c[k]!) * thermalVoltage;
      const byT = (-2 * slopes.tPlus_T[k]! * tdf[k]! + open * slopes.tdf_T[k]!) * thermalVoltage;
      chiByC[k] = byC / floor - (c[k]! > CONCENTRATION_mol_per_m3_FLOOR ? chi[k]! / floor : 0);
      chiByT[k] = byT / floor + chi[k]! / now.temperature;
    }
    for (let e = 0; e + 1 < nx; e++) {
      const w = weightLeft[e]!;
      const h = distance[e]!;
      const gradient = (c[e + 1]! - c[e]!) / h;
      const edgeD = edgeDiffusivity[e]!;
      const edgeC = edgeChi[e]!;
      const edgeK = edgeKappa[e]!;
      const current = edgeCurrent[e]!;
      const ratioD0 = edgeD / diffusivity[e]!;
      const ratioD1 = edgeD / diffusivity[e + 1]!;
      const dByD0 = w * ratioD0 * ratioD0;
      const dByD1 = (1 - w) * ratioD1 * ratioD1;
      const across = w * chi[e + 1]! + (1 - w) * chi[e]!;
      const ratioX0 = across === 0 ? 1 : chi[e + 1]! / across;
      const ratioX1 = across === 0 ? 1 : chi[e]! / across;
      const xBy0 = w * ratioX0 * ratioX0;
      const xBy1 = (1 - w) * ratioX1 * ratioX1;
      xByC0[e] = xBy0 * chiByC[e]! * gradient - edgeC / h;
      xByC1[e] = xBy1 * chiByC[e + 1]! * gradient + edgeC / h;
      xByT[e] = (xBy0 * chiByT[e]! + xBy1 * chiByT[e + 1]!) * gradient;
      kappaByC0[e] = 0.5 * slopes.kappa_c[e]!;
      kappaByC1[e] = 0.5 * slopes.kappa_c[e + 1]!;
      kappaByT[e] = 0.5 * (slopes.kappa_T[e]! + slopes.kappa_T[e + 1]!);
      const anion = edgeAnion[e]!;
      let byC0 = 0;
      let byC1 = 0;
      let byT = 0;
      let byI = 1;
      if (e >= ns) {
        const g = 1 / (1 / sigma + 1 / edgeK);
        const byKappa = (current * g) / (edgeK * edgeK);
        byC0 = g * xByC0[e]! + byKappa * kappaByC0[e]!;
        byC1 = g * xByC1[e]! + byKappa * kappaByC1[e]!;
        byT = g * xByT[e]! + byKappa * kappaByT[e]!;
        byI = g / sigma;
        currentByPsi[e] = g / h;
      }
      currentByC0[e] = byC0;
      currentByC1[e] = byC1;
      currentByT[e] = byT;
      currentByI[e] = byI;
      fluxByC0[e] =
        -dByD0 * slopes.D_c[e]! * gradient + edgeD / h + (0.5 * slopes.tPlus_c[e]! * current - anion * byC0) / F;
      fluxByC1[e] =
        -dByD1 * slopes.D_c[e + 1]! * gradient -
        edgeD / h +
        (0.5 * slopes.tPlus_c[e + 1]! * current - anion * byC1) / F;
      fluxByT[e] =
        -(dByD0 * slopes.D_T[e]! + dByD1 * slopes.D_T[e + 1]!) * gradient +
        (0.5 * (slopes.tPlus_T[e]! + slopes.tPlus_T[e + 1]!) * current - anion * byT) / F;
      // Electrolyte drop over the edge at current i, as it stands in the voltage.
      const ohm = (h * i) / (edgeK * edgeK);
      dropByC0[e] = h * xByC0[e]! + ohm * kappaByC0[e]!;
      dropByC1[e] = h * xByC1[e]! + ohm * kappaByC1[e]!;
      dropByT[e] = h * xByT[e]! + ohm * kappaByT[e]!;
    }
  }

  function differentiateReaction(y: Float64Array): void {
    const thermalVoltage = (R * now.temperature) / F;
    const half = 0.5 / thermalVoltage;
    if (tIndex >= 0) cathodeLaws!.entropic.evaluateInto(np, stoichiometry, entropic, entropicSlope);
    for (let k = 0; k < np; k++) {
      const eta = y[ns + 2 * k + 1]! - openCircuit[k]!;
      const drive = sinh(half * eta);
      const slope = Math.sqrt(1 + drive * drive);
      const j0 = exchangeCurrent[k]!;
      const byEta = 2 * j0 * half * slope;
      const bySinh = 2 * drive;
      reactionByPsi[k] = byEta;
      reactionByC[k] = bySinh * exchangeByC[k]!;
      reactionByS[k] = bySinh * exchangeByS[k]! - (byEta * openCircuitSlope[k]!) / cMax;
      openCircuitByT[k] = tIndex >= 0 ? entropic[k]! : 0;
      reactionByT[k] =
        2 * j0 * (kineticWarmth[1]! / kineticWarmth[0]!) * drive - byEta * (eta / now.temperature + openCircuitByT[k]!);
    }
  }

  function factorise(_t: number, y: Float64Array, _yPrime: Float64Array, cj: number): boolean {
    const i = -y[jIndex]!;
    differentiateEdges(i);
    for (let b = 0; b < border; b++) {
      matrix.columns[b]!.fill(0);
      matrix.rows[b]!.fill(0);
    }
    matrix.corner.fill(0);
    const jColumn = matrix.columns[jBorder]!;
    const tColumn = tBorder < 0 ? null : matrix.columns[tBorder]!;
    const { scalarLower, scalarDiagonal, scalarUpper, pairLower, pairDiagonal, pairUpper } = matrix;

    // Salt rows: (N⁻_left − N⁻_right)/(ε·dx) − c′.
    for (let k = 0; k < nx; k++) {
      const inverse = 1 / poreVolume[k]!;
      const left = k - 1;
      const lower = left >= 0 ? inverse * fluxByC0[left]! : 0;
      let diagonal = -cj + (left >= 0 ? inverse * fluxByC1[left]! : 0);
      let upper = 0;
      if (k + 1 < nx) {
        diagonal -= inverse * fluxByC0[k]!;
        upper = -inverse * fluxByC1[k]!;
      }
      // Through i_e: the flux holds −(1−t⁺)·i_e/F, of which ψ and i are not yet counted.
      const leftPerCurrent = left >= 0 ? (-edgeAnion[left]! / F) * inverse : 0;
      const rightPerCurrent = k + 1 < nx ? (edgeAnion[k]! / F) * inverse : 0;
      const byI =
        (left >= 0 ? leftPerCurrent * currentByI[left]! : 0) + (k + 1 < nx ? rightPerCurrent * currentByI[k]! : 0);
      jColumn[indexOfC(k)] = -byI;
      if (tColumn !== null) {
        tColumn[indexOfC(k)] = inverse * ((left >= 0 ? fluxByT[left]! : 0) - (k + 1 < nx ? fluxByT[k]! : 0));
      }
      if (k < ns) {
        scalarLower[k] = lower;
        scalarDiagonal[k] = diagonal;
        scalarUpper[k] = upper;
      } else {
        const o = 4 * (k - ns);
        const leftByPsi = left >= ns ? leftPerCurrent * currentByPsi[left]! : 0;
        const rightByPsi = k + 1 < nx ? rightPerCurrent * currentByPsi[k]! : 0;
        pairLower[o] = lower;
        pairLower[o + 1] = -leftByPsi;
        pairDiagonal[o] = diagonal;
        pairDiagonal[o + 1] = leftByPsi - rightByPsi;
        pairUpper[o] = upper;
        pairUpper[o + 1] = rightByPsi;
      }
    }
    if (np > 0) {
      differentiateReaction(y);
      chargeRows(jColumn, tColumn);
      particleRows(y, cj, tColumn);
    }
    saltColumns(cj);
    return borderRows(y, cj) && matrix.factorise();
  }

  /** i_right − i_left − a·dx·j(c, ψ, c_surface). */
  function chargeRows(jColumn: Float64Array, tColumn: Float64Array | null): void {
    const { pairLower, pairDiagonal, pairUpper } = matrix;
    for (let k = 0; k < np; k++) {
      const o = 4 * k + 2;
      const left = k > 0 ? ns + k - 1 : -1;
      const right = k + 1 < np ? ns + k : -1;
      let byI = left < 0 ? -1 : -currentByI[left]!;
      let byT = left < 0 ? 0 : -currentByT[left]!;
      let diagonalC = left < 0 ? 0 : -currentByC1[left]!;
      let diagonalPsi = left < 0 ? 0 : -currentByPsi[left]!;
      pairLower[o] = left < 0 ? 0 : -currentByC0[left]!;
      pairLower[o + 1] = left < 0 ? 0 : currentByPsi[left]!;
      pairUpper[o] = 0;
      pairUpper[o + 1] = 0;
      if (right >= 0) {
        byI += currentByI[right]!;
        byT += currentByT[right]!;
        diagonalC += currentByC0[right]!;
        diagonalPsi -= currentByPsi[right]!;
        pairUpper[o] = currentByC1[right]!;
        pairUpper[o + 1] = currentByPsi[right]!;
      }
      pairDiagonal[o] = diagonalC;
      pairDiagonal[o + 1] = diagonalPsi;
      const row = ns + 2 * k + 1;
      jColumn[row] = -byI;
      if (tColumn !== null) tColumn[row] = byT - areaPerNode * reactionByT[k]!;
      matrix.pull[k] = -areaPerNode;
      matrix.gU[k] = reactionByC[k]!;
      matrix.gV[k] = reactionByPsi[k]!;
      matrix.gS[k] = reactionByS[k]!;
    }
  }

  function particleRows(y: Float64Array, cj: number, tColumn: Float64Array | null): void {
    const { branchLower, branchDiagonal, branchUpper } = matrix;
    const warmth = diffusionWarmth[0]!;
    const lastVolume = shellVolume[nr - 1]!;
    matrix.push = -faceArea[nr]! / (F * lastVolume);
    const matrices = sharedBranch ? 1 : np;
    for (let k = 0; k < matrices; k++) {
      for (let m = 0; m < nr; m++) {
        const o = k * nr + m;
        branchLower[o] = 0;
        branchUpper[o] = 0;
        branchDiagonal[o] = -cj;
      }
      for (let m = 0; m + 1 < nr; m++) {
        const o = k * nr + m;
        let by0: number;
        let by1: number;
        const geometry = (faceArea[m + 1]! * warmth) / shellWidth;
        if (sharedBranch) {
          by0 = geometry * constantDiffusivity;
          by1 = -by0;
        } else {
          const d0 = solidDiffusivity[o]!;
          const d1 = solidDiffusivity[o + 1]!;
          const sum = d0 + d1;
          const mean = (2 * d0 * d1) / sum;
          const at = branchStart + o;
          const difference = (y[at]! - y[at + 1]!) / cMax;
          by0 = geometry * (mean + ((2 * d1 * d1) / (sum * sum)) * solidDiffusivitySlope[o]! * difference);
          by1 = geometry * (-mean + ((2 * d0 * d0) / (sum * sum)) * solidDiffusivitySlope[o + 1]! * difference);
        }
        branchDiagonal[o]! -= by0 / shellVolume[m]!;
        branchUpper[o]! -= by1 / shellVolume[m]!;
        branchLower[o + 1]! += by0 / shellVolume[m + 1]!;
        branchDiagonal[o + 1]! += by1 / shellVolume[m + 1]!;
      }
    }
    if (tColumn === null) return;
    const warmthSlope = diffusionWarmth[1]!;
    for (let k = 0; k < np; k++) {
      let inflow = 0;
      for (let m = 0; m < nr; m++) {
        const at = branchStart + k * nr + m;
        let outflow = (faceArea[nr]! / F) * reactionByT[k]!;
        if (m + 1 < nr) {
          const o = k * nr + m;
          const mean = sharedBranch
            ? constantDiffusivity
            : (2 * solidDiffusivity[o]! * solidDiffusivity[o + 1]!) / (solidDiffusivity[o]! + solidDiffusivity[o + 1]!);
          outflow = ((faceArea[m + 1]! * mean * warmthSlope) / shellWidth) * (y[at]! - y[at + 1]!);
        }
        tColumn[at] = (inflow - outflow) / shellVolume[m]!;
        inflow = outflow;
      }
    }
  }

  /** The rates of the layers appear in the salt rows: sink at the electrode, source from the reserve everywhere. */
  function saltColumns(cj: number): void {
    for (let l = 0; l < counterLayers + workingLayers; l++) {
      const onCounter = l < counterLayers;
      const per = onCounter ? saltPerThickness(counter, l) : saltPerThickness(working!, l - counterLayers);
      if (per === 0) continue;
      const column = matrix.columns[counterBorder + l]!;
      const everywhere = (cj * reserveShare * per) / poreTotal;
      for (let k = 0; k < nx; k++) column[indexOfC(k)] = everywhere;
      const k = onCounter ? 0 : nx - 1;
      column[indexOfC(k)]! -= (cj * per) / poreVolume[k]!;
    }
  }

  function borderRows(y: Float64Array, cj: number): boolean {
    const { corner } = matrix;
    const put = (row: number, column: number, value: number): void => {
      corner[row * border + column]! += value;
    };
    put(qBorder, jBorder, 1);
    put(qBorder, qBorder, -cj);
    if (drive.kind === 'current') put(jBorder, jBorder, 1);
    else voltageRow(y);
    if (tBorder >= 0) heatRow(y, cj);
    growthRows(counter, counterBorder, -1, cj, put);
    if (working !== null) growthRows(working, workingBorder, 1, cj, put);
    return true;
  }

  /** Thickness of a side depends on Q and on its own layers. */
  function thicknessByCharge(sign: number): number {
    return (-sign * THICKNESS_m_PER_mol_per_m2) / F;
  }

  function thicknessByLayer(side: MetalSide, l: number): number {
    const layer = side.electrode.interphase[l]!;
    return (
      -(1 - layer.saltFraction) * layer.lithiumConcentration_mol_per_m3 * side.growthArea * THICKNESS_m_PER_mol_per_m2
    );
  }

  /** `sign` +1 on the working side, −1 on the counter: its anodic current is sign·j. */
  function growthRows(
    side: MetalSide,
    start: number,
    sign: number,
    cj: number,
    put: (row: number, column: number, value: number) => void,
  ): void {
    const n = side.layers;
    for (let l = 0; l < n; l++) {
      const row = start + l;
      put(row, row, -cj);
      put(row, jBorder, sign * side.growthByCurrent[l]!);
      put(row, qBorder, side.growthByThickness[l]! * thicknessByCharge(sign));
      if (tBorder >= 0) put(row, tBorder, side.growthByTemperature[l]!);
      for (let other = 0; other < n; other++) {
        put(
          row,
          start + other,
          side.growthByLayer[l * n + other]! + side.growthByThickness[l]! * thicknessByLayer(side, other),
        );
      }
      addSurface(matrix.rows[row]!, sign, side.growthByConcentration[l]!);
    }
  }

  /** Adds `value` times the derivative of the surface concentration of a side. */
  function addSurface(row: Float64Array, sign: number, value: number): void {
    const near = sign < 0 ? 0 : nx - 1;
    const far = sign < 0 ? 1 : nx - 2;
    row[indexOfC(near)]! += 1.5 * value;
    row[indexOfC(far)]! -= 0.5 * value;
  }

  /** Adds factor·∂Δφ of a side to a border row. */
  function addDeltaPhi(row: number, side: MetalSide, start: number, sign: number, factor: number): void {
    const { corner } = matrix;
    corner[row * border + jBorder]! += factor * sign * side.byCurrent;
    corner[row * border + qBorder]! += factor * side.byThickness * thicknessByCharge(sign);
    if (tBorder >= 0) corner[row * border + tBorder]! += factor * side.byTemperature;
    for (let l = 0; l < side.layers; l++) {
      corner[row * border + start + l]! += factor * (side.byLayer[l]! + side.byThickness * thicknessByLayer(side, l));
    }
    addSurface(matrix.rows[row]!, sign, factor * side.byConcentration);
  }

  /** Adds factor·∂(half-cell drops at node k) to a border row. */
  function addHalfCell(row: number, k: number, i: number, factor: number): void {
    const ohmic = halfCellOhmic(k, i);
    const concentration = halfCellConcentration(k, i);
    // The product rule, without dividing by what a single-ion conductor has as zero.
    const anion = 1 - tPlus[k]!;
    const perChiAnion = (-0.5 * width[k]! * i) / (diffusivity[k]! * F);
    const concentrationByC =
      perChiAnion * (chiByC[k]! * anion - chi[k]! * slopes.tPlus_c[k]!) -
      (concentration * slopes.D_c[k]!) / diffusivity[k]!;
    const concentrationByT =
      perChiAnion * (chiByT[k]! * anion - chi[k]! * slopes.tPlus_T[k]!) -
      (concentration * slopes.D_T[k]!) / diffusivity[k]!;
    matrix.rows[row]![indexOfC(k)]! += factor * ((-ohmic * slopes.kappa_c[k]!) / kappa[k]! + concentrationByC);
    const perCurrent = -0.5 * width[k]! * (1 / kappa[k]! + (chi[k]! * (1 - tPlus[k]!)) / (diffusivity[k]! * F));
    matrix.corner[row * border + jBorder]! -= factor * perCurrent;
    if (tBorder >= 0) {
      matrix.corner[row * border + tBorder]! += factor * ((-ohmic * slopes.kappa_T[k]!) / kappa[k]! + concentrationByT);
    }
  }

  /** Row of the control equation where it holds the voltage: factor·∂V, and the terms in j. */
  function voltageRow(y: Float64Array): void {
    const { corner } = matrix;
    if (drive.kind === 'power') corner[jBorder * border + jBorder]! += voltage(y);
    if (drive.kind === 'resistance') corner[jBorder * border + jBorder]! -= drive.value;
    addVoltage(jBorder, y, drive.kind === 'power' ? y[jIndex]! : 1);
  }

  /** Adds factor·∂V to a border row. */
  function addVoltage(to: number, y: Float64Array, factor: number): void {
    const { corner } = matrix;
    const row = matrix.rows[to]!;
    const i = -y[jIndex]!;
    addDeltaPhi(to, counter, counterBorder, -1, -factor);
    corner[to * border + jBorder]! += factor * cell.contactResistance_ohm_m2;
    addHalfCell(to, 0, i, factor);
    const passed = np > 0 ? ns : nx - 1;
    let byI = 0;
    let byT = 0;
    for (let e = 0; e < passed; e++) {
      row[indexOfC(e)]! += factor * dropByC0[e]!;
      row[indexOfC(e + 1)]! += factor * dropByC1[e]!;
      byI -= distance[e]! / edgeKappa[e]!;
      byT += dropByT[e]!;
    }
    if (working !== null) {
      addHalfCell(to, nx - 1, i, factor);
      addDeltaPhi(to, working, workingBorder, 1, factor);
    } else {
      row[ns + 1]! += factor;
      for (let e = ns; e + 1 < nx; e++) {
        const per = (factor * distance[e]!) / sigma;
        row[indexOfC(e)]! += per * currentByC0[e]!;
        row[indexOfC(e + 1)]! += per * currentByC1[e]!;
        row[indexOfC(e) + 1]! -= per * currentByPsi[e]!;
        row[indexOfC(e + 1) + 1]! += per * currentByPsi[e]!;
        byI -= (distance[e]! / sigma) * (1 - currentByI[e]!);
        byT += (distance[e]! / sigma) * currentByT[e]!;
      }
      byI -= (0.5 * cathodeWidth) / sigma;
    }
    corner[to * border + jBorder]! -= factor * byI;
    if (tBorder >= 0) corner[to * border + tBorder]! += factor * byT;
  }

  /** Row of the heat balance: j·(V − what is stored), by every unknown. */
  function heatRow(y: Float64Array, cj: number): void {
    const { corner } = matrix;
    const f = 1 / thermal!.heatCapacity_J_per_m2_K;
    const j = y[jIndex]!;
    const at = tBorder * border;
    corner[at + tBorder]! += -cj - thermal!.heatTransfer_W_per_m2_K * f;
    addVoltage(tBorder, y, f * j);
    corner[at + jBorder]! += f * (voltage(y) + counter.nernst);
    addNernst(counter, counterBorder, -1, f * j);
    if (working !== null) {
      corner[at + jBorder]! -= f * working.nernst;
      addNernst(working, workingBorder, 1, -f * j);
      return;
    }
    corner[at + jBorder]! -= f * enthalpyPotentialInto(y, cathodeEnthalpy);
    corner[at + qBorder]! -= f * j * cathodeEnthalpy[0]!;
  }

  /** Adds factor·∂nernst of a side to the heat row: by T it is nernst/T, by thickness it goes through the activity. */
  function addNernst(side: MetalSide, start: number, sign: number, factor: number): void {
    const { corner } = matrix;
    const at = tBorder * border;
    const byThickness = factor * side.nernstByThickness;
    corner[at + tBorder]! += (factor * side.nernst) / now.temperature;
    corner[at + qBorder]! += byThickness * thicknessByCharge(sign);
    for (let l = 0; l < side.layers; l++) corner[at + start + l]! += byThickness * thicknessByLayer(side, l);
  }

  return factorise;
}
