using Fpe.Counting;
using static System.FormattableString;

namespace Fpe.Expansion;

/// <summary>
/// The requirements on a plan. The compiler has proved them for models declared with attributes; plans created in code are checked here
/// when they are created and, together with the values of the layers, when they are expanded. Messages contain the layer, the numbers and
/// the fix.
/// </summary>
internal static class ExpansionRules
{
    /// <summary>Checks the layers and their values, individually and as a chain.</summary>
    /// <exception cref="PlanException">The planned expansion is not possible.</exception>
    /// <exception cref="ExpansionException">Sizes do not match, or values are invalid.</exception>
    public static void Check(IReadOnlyList<ParentLayer> parents)
    {
        if (parents.Count == 0)
            throw new ExpansionException("The model has no layer with weights; add at least an output layer.");
        for (int l = 0; l < parents.Count; l++)
        {
            CheckSizes(parents[l]);
            CheckParts(parents, l);
        }

        for (int l = 0; l < parents.Count; l++)
        {
            ParentLayer? reader = parents.Where((layer, at) => layer.PartsAt(at).Any(part => AreRead(part.Layer, l))).MaxBy(layer => layer.Groups.Section);
            CheckExpansion(
                parents[l].Name, parents[l].Inputs, parents[l].Expansion, reader is null ? null : (ReadersOf(reader.Name, reader.InputGroups), reader.Groups.Section));
            CheckValues(parents[l]);
        }

        bool AreRead(int read, int layer) =>
            read != InputPart.NotExpanded && (parents[read].AddedTo ?? read) == (parents[layer].AddedTo ?? layer);
    }

    /// <summary>
    /// Checks the budget, and that each layer fits into an array. A factor is at most the fan-in, so a layer never has more children than
    /// weights.
    /// </summary>
    /// <exception cref="ExpansionException">A rule is broken.</exception>
    public static void CheckCounts(IReadOnlyList<ParentLayer> parents, WeightCounts counts, long weightBudget)
    {
        for (int l = 0; l < parents.Count; l++)
        {
            long weights = counts.Layers[l].BeforePruning;
            if (weights > Array.MaxLength)
                throw Broken(parents[l], $"{weights} weights before pruning exceed the capacity of an array, {Array.MaxLength}; make the layer smaller");
        }

        if (BudgetProblem(counts, weightBudget) is { } problem)
            throw new ExpansionException($"Pruning cannot work: {problem}");
    }

    /// <summary>
    /// Describes the problem of a budget that leaves a layer too few weights, or exceeds the number of weights; null if there is no
    /// problem.
    /// </summary>
    /// <param name="counts">The counts of the plan.</param>
    /// <param name="weightBudget">Weights of all <c>Linear</c> layers after expansion.</param>
    public static string? BudgetProblem(WeightCounts counts, long weightBudget)
    {
        (string kept, string remedy) = counts.LearnsEdges
            ? ("one weight per neuron of the dense parent, or the weights of its pattern", "raise the budget, or use fewer neurons")
            : ("half of its weights in the dense parent", "lower a factor, or do not count biases");
        if (weightBudget < counts.LinearFloor)
            return Invariant($"a budget of {weightBudget} weights is below {counts.LinearFloor}, since pruning leaves every layer {kept}; {remedy}.");
        if (weightBudget > counts.LinearCeiling)
            return Invariant($"a budget of {weightBudget} weights exceeds the maximum after pruning, {counts.LinearCeiling}; lower it.");
        return counts.LearnsEdges && weightBudget == counts.LinearBeforePruning
            ? Invariant($"a budget of {weightBudget} weights keeps all weights, so nothing is learned; lower it, raise a factor, or use another split.")
            : null;
    }

    /// <summary>Names the neurons of a layer that can read one neuron below.</summary>
    public static string ReadersOf(string layer, int groups) => groups == 1 ? layer : $"a group of {layer}";

    private static void CheckSizes(ParentLayer layer)
    {
        if (layer.Inputs < 1 || layer.Neurons < 1)
            throw Broken(layer, $"{layer.Inputs} inputs and {layer.Neurons} neurons; both must be positive");
        if (layer.InputGroups < 1 || layer.Neurons % layer.InputGroups != 0)
            throw Broken(layer, $"{layer.Neurons} neurons cannot be divided into {layer.InputGroups} groups; use a positive divisor");
        if (layer.Weights.LongLength != (long)layer.Neurons * layer.Inputs)
            throw Broken(layer, $"{layer.Weights.LongLength} weights do not match {layer.Neurons} neurons × {layer.Inputs} inputs");
        if (layer.Biases.Length != layer.Neurons)
            throw Broken(layer, $"{layer.Biases.Length} biases do not match {layer.Neurons} neurons");
    }

    private static void CheckParts(IReadOnlyList<ParentLayer> parents, int layer)
    {
        IReadOnlyList<InputPart> parts = parents[layer].PartsAt(layer);
        foreach (InputPart part in parts)
        {
            if (part.Layer == InputPart.NotExpanded)
                continue;
            if (part.Layer < 0 || part.Layer >= layer)
                throw Broken(parents[layer], $"it reads layer {part.Layer}, but can read layers 0 to {layer - 1}; name an earlier layer");
            if (part.Units != parents[part.Layer].Neurons)
                throw Broken(parents[part.Layer], $"{parents[part.Layer].Neurons} neurons, but {parents[layer].Name} has {part.Units} inputs; make them equal");
        }

        long inputs = parts.Sum(part => (long)part.Count);
        long expected = (long)parents[layer].Inputs * parents[layer].InputGroups;
        if (inputs != expected)
            throw Broken(parents[layer], $"{expected} inputs, but its parts have {inputs}; make them equal");
        if (parents[layer].InputGroups > 1)
            CheckGroups(parents, layer, parts);
    }

    /// <summary>Checks that each group reads equally many children, which are adjacent.</summary>
    private static void CheckGroups(IReadOnlyList<ParentLayer> parents, int layer, IReadOnlyList<InputPart> parts)
    {
        (int groups, int inputs) = (parents[layer].InputGroups, parents[layer].Inputs);
        (int Factor, int Copies) copies = CopiesOf(parts[0]);
        long first = 0;
        foreach (InputPart part in parts)
        {
            if (CopiesOf(part) != copies)
                throw Broken(parents[layer], $"its {groups} groups would read different numbers of children; give all layers that it reads the same factor and Outgoing");
            for (long input = (inputs - (first % inputs)) % inputs; copies.Factor > 1 && input < part.Count; input += inputs)
            {
                (long neuron, long place) = Math.DivRem(input, part.Places);
                if (place != 0 || parents[part.Layer].Groups.First(parents[part.Layer].Groups.Of((int)neuron)) != neuron)
                    throw Broken(parents[layer], $"a group ends between neurons of {parents[part.Layer].Name} that share a partition; use a Share that divides a group");
            }

            first += part.Count;
        }

        (int Factor, int Copies) CopiesOf(InputPart part) =>
            part.Layer == InputPart.NotExpanded ? (1, 1) : (parents[part.Layer].Size.Factor, parents[part.Layer].Size.OutgoingCopies);
    }

    /// <summary>Checks the expansion of a layer; the messages are those of the compiler.</summary>
    /// <param name="where">The layer, or model and layer.</param>
    /// <param name="inputs">Fan-in of a neuron of the dense parent.</param>
    /// <param name="plan">How the layer is expanded.</param>
    /// <param name="next">The next layer of this kind and its neurons; null for the output layer.</param>
    /// <exception cref="PlanException">The expansion is not possible.</exception>
    public static void CheckExpansion(string where, int inputs, ExpansionPlan plan, (string Name, int Neurons)? next)
    {
        if (plan.Factor < 1)
            throw Broken($"factor {plan.Factor} is below 1; use 1 to keep a layer dense, or at least 2 to expand it.");
        PlanException.RequirePositive(where, "Share", plan.Share);
        PlanException.RequireDefined(where, plan.Strategy);
        PlanException.RequireDefined(where, plan.Outgoing);
        CheckClauses(where, inputs, plan.Clauses);
        CheckPattern(where, inputs, plan);
        if (plan.LearnsEdges && plan.Outgoing != Outgoing.Prune)
            throw Broken($"Split.Learned learns outgoing edges as well, so Outgoing.{plan.Outgoing} does not apply; remove it.");
        if (plan.Factor > 1 && next is null)
            throw Broken($"the output layer cannot be expanded, because its neurons are the model's outputs; use factor 1.");
        if (plan.LearnsEdges || next is not { } reader || !plan.IsExpanded)
            return;

        if (plan.Factor > inputs)
        {
            throw Broken($"factor {plan.Factor} is larger than its {inputs} inputs, so a child would have no weights; the largest factor that fits is {inputs}.");
        }

        if (plan.Outgoing == Outgoing.Deal && plan.Factor > reader.Neurons)
        {
            throw Broken($"factor {plan.Factor} is larger than the {reader.Neurons} neurons of {reader.Name}, so with Outgoing.Deal a child would have no reader; the largest factor that fits is {Math.Min(inputs, reader.Neurons)}.");
        }

        if (plan.Strategy == Split.Clause)
            CheckGroups(where, inputs, plan);
        if (plan.Strategy == Split.Feature && inputs > ExpansionPlan.MaximumFeatureInputs)
            throw Broken($"Split.Feature compares all pairs of {inputs} inputs, but the maximum is {ExpansionPlan.MaximumFeatureInputs} inputs; use Split.Random.");

        PlanException Broken(FormattableString problem) => new(where, Invariant(problem));
    }

    private static void CheckPattern(string where, int inputs, ExpansionPlan plan)
    {
        if (plan.Within == 0)
            return;
        if (plan.Strategy is not (Split.Random or Split.Learned))
            throw Broken($"Split.{plan.Strategy} has no N:M pattern; leave Within out, or use Split.Random or Split.Learned.");
        if (plan.Within < 1 || plan.Factor == 1 || plan.Within % plan.Factor != 0)
            throw Broken($"Within = {plan.Within} cannot be divided among {plan.Factor} children; use a multiple of a factor of 2 or more, such as {2 * Math.Max(2, plan.Factor)}.");
        if (inputs % plan.Within != 0)
            throw Broken($"Within = {plan.Within} does not divide the {inputs} inputs into whole groups; use a divisor of {inputs} that is a multiple of {plan.Factor}.");

        PlanException Broken(FormattableString problem) => new(where, Invariant(problem));
    }

    private static void CheckClauses(string where, int inputs, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        var named = new HashSet<int>();
        foreach (int input in clauses.SelectMany(clause => clause))
        {
            if (input < 0 || input >= inputs)
                throw new PlanException(where, Invariant($"input {input} does not exist; the {inputs} inputs are numbered 0 to {inputs - 1}."));
            if (!named.Add(input))
                throw new PlanException(where, Invariant($"input {input} is named twice, but an input can be in at most one group; remove it from one."));
        }
    }

    private static void CheckGroups(string where, int inputs, ExpansionPlan plan)
    {
        if (plan.Clauses.Count == 0)
            throw new PlanException(where, Invariant($"Split.Clause assigns groups of inputs to children, but no clause declares groups of the layer's {inputs} inputs; add them, or use Split.Random."));
        int empty = plan.Clauses.TakeWhile(clause => clause.Count > 0).Count();
        if (empty < plan.Clauses.Count)
            throw new PlanException(where, Invariant($"clause {empty} has no inputs; remove it."));

        int single = inputs - plan.Clauses.Sum(clause => clause.Count);
        int parts = plan.Clauses.Count + single;
        if (plan.Factor > parts)
        {
            throw new PlanException(where, Invariant($"factor {plan.Factor} is larger than the {parts} parts to assign (groups: {plan.Clauses.Count}, inputs without a group: {single}), so a child would have no weights; the largest factor that fits is {parts}."));
        }
    }

    private static void CheckValues(ParentLayer layer)
    {
        int i = Array.FindIndex(layer.Weights, weight => !double.IsFinite(weight));
        if (i >= 0)
        {
            throw Broken(layer, $"weight [{i / layer.Inputs}, {i % layer.Inputs}] is {layer.Weights[i]}; "
                + "training diverged, a lower learning rate may help");
        }
    }

    private static ExpansionException Broken(ParentLayer layer, string problem) => new($"{layer.Name}: {problem}.");
}
