using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe;

/// <summary>Copies a model to one with more outputs, so that it can learn further classes without forgetting those it knows.</summary>
public static class ModelGrowth
{
    extension(Model model)
    {
        /// <summary>
        /// Copies the parameters of this model, and its structure if it is expanded, to a model that differs only in its last layer, which has
        /// more neurons. The first outputs compute what they did; the others have new weights and must be trained. The other model has the
        /// number of weights that the compiler proved for it: if this one is expanded, the new neurons share the difference equally, and each
        /// reads one child of each neuron, chosen at random, before a second child of any. A model that learns its edges gets all edges of the
        /// new neurons, and loses those that exceed its budget when it is trained.
        /// </summary>
        /// <param name="wider">
        /// A new dense parent, on any device. It keeps its own seed, which determines the new edges and weights. Its meaning becomes that of this
        /// model without names of classes, which no longer suffice.
        /// </param>
        /// <exception cref="ArgumentException">Another layer differs, the last layers cannot grow, or the number of weights does not fit.</exception>
        /// <exception cref="InvalidOperationException">The other model is already expanded.</exception>
        /// <exception cref="ModelInUseException">Another call is changing this model or using the other one.</exception>
        /// <exception cref="ObjectDisposedException">One of the models was disposed.</exception>
        public void GrowTo(Model wider)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(wider);
            if (ReferenceEquals(model, wider))
                throw new ArgumentException($"{model.Plan.Name} cannot grow into itself; create another model.", nameof(wider));
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Copying);
            using ModelAccess.Scope widerScope = wider.Access.Write(ModelUse.Overwriting);
            Check(model, wider);
            var own = (EdgeLayer)model.Layers[^1];
            var grown = (EdgeLayer)wider.Layers[^1];
            if (model.IsExpanded)
                wider.Restructure([.. model.EdgeLayers.SkipLast(1).Select(layer => new ExpandedLayer(layer.Edges, layer.ReadWeights(), layer.ReadBiases())), Grow(model, wider, own)]);
            else
                grown.Write(new ExpandedLayer(grown.Edges, Joined(own.ReadWeights(), grown.ReadWeights()), Joined(own.ReadBiases(), grown.ReadBiases())));
            for (int l = 0; l < model.Layers.Count - 1; l++)
            {
                foreach ((Parameter parameter, Parameter copy) in model.Layers[l].Parameters.Zip(wider.Layers[l].Parameters))
                    parameter.CopyTo(copy);
            }

            wider.MeanAlone(model.Meaning with { ClassNames = null });
            wider.IsTrained = model.IsTrained;
        }
    }

    private static void Check(Model model, Model wider)
    {
        (ModelPlan plan, ModelPlan other) = (model.Plan, wider.Plan);
        if (wider.IsExpanded)
            throw new InvalidOperationException($"{other.Name} is already expanded; grow into a new model.");
        if (plan.Layers[^1] is not LinearPlan { Places: 1 } last)
            throw new ArgumentException($"{plan.Name}.{plan.Layers[^1].Name} is not a Linear layer, whose neurons are the outputs, so it cannot grow; train a new model.", nameof(wider));
        if (other.OutputCount <= plan.OutputCount)
            throw new ArgumentException($"{other.Name} has {other.OutputCount} outputs, but must have more than the {plan.OutputCount} of {plan.Name}; use CopyTo for as many.", nameof(wider));
        if (model.Meaning.Task == ModelTask.BinaryClassification)
            throw new ArgumentException($"The one output of {plan.Name} decides between two classes, and means something else beside others; train a new model with {other.OutputCount} outputs.", nameof(wider));
        if (model.Meaning.Targets is not null)
            throw new ArgumentException($"{plan.Name} standardises its {plan.OutputCount} targets, and more of them have means and deviations that it does not know; train a new model with {other.OutputCount} outputs.", nameof(wider));
        if (last.Expansion.Share > 1)
            throw new ArgumentException($"{plan.Name}.{last.Name} has Share = {last.Expansion.Share}, so its neurons share their edges and cannot grow one by one; use Share = 1.", nameof(wider));
        plan.RequireSameLayers(other, model.IsExpanded, grows: true);
    }

    /// <summary>Returns the last layer with more rows.</summary>
    private static ExpandedLayer Grow(Model model, Model wider, EdgeLayer last)
    {
        (EdgeLayout edges, double[] weights) = (last.Edges, last.ReadWeights());
        (int columns, int first, int outputs) = (edges.InputCount, edges.OutputCount, wider.Plan.OutputCount);
        int[] added = AddedTo(model, wider, outputs - first, columns);
        var rows = new (int[] Columns, double[] Weights)[outputs];
        for (int b = 0; b < edges.BlockCount; b++)
        {
            EdgeBlock block = edges.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                int[] kept = [.. Enumerable.Range(0, block.Columns.Length).Where(c => edges.IsKept(slot + c))];
                int[] all = block.Columns.ToArray();
                rows[row] = ([.. kept.Select(c => all[c])], [.. kept.Select(c => weights[slot + c])]);
                slot += all.Length;
            }
        }

        var biases = new List<double>(last.ReadBiases());
        Func<int, int> neuronOf = NeuronOf(model);
        for (int row = first; row < outputs; row++)
        {
            var random = new RandomStream(wider.Seed, RandomPurpose.OutputGrowth, row);
            int[] chosen = Choose(added[row - first], columns, neuronOf, random);
            rows[row] = (chosen, InitialValues.Uniform(chosen.Length, chosen.Length, random));
            biases.AddRange(InitialValues.Uniform(1, chosen.Length, random));
        }

        EdgeLayout layout = rows.All(row => row.Columns.Length == columns)
            ? EdgeLayout.Dense(outputs, columns)
            : EdgeLayout.OfBlocks(EdgeStructure.Sparse, outputs, columns, [.. rows.Select((row, r) => (new[] { r }, row.Columns))]);
        return new ExpandedLayer(layout, [.. rows.SelectMany(row => row.Weights)], [.. biases]);
    }

    /// <summary>Returns the number of edges of each new row.</summary>
    private static int[] AddedTo(Model model, Model wider, int rows, int columns)
    {
        ModelPlan plan = wider.Plan;
        long all = (long)rows * columns;
        long missing = plan.ExpandedWeights - model.WeightCount;
        if (missing > all || (!plan.LearnsEdges && missing < rows))
            throw new ArgumentException($"{plan.Name} must have {plan.ExpandedWeights} weights, and {model.Plan.Name} has {model.WeightCount}, so its {rows} new outputs would have {missing}, but can have {rows} to {all}; change the budget of {plan.Name}.", nameof(wider));
        long total = plan.LearnsEdges ? all : missing;
        return [.. Enumerable.Range(0, rows).Select(row => (int)((total / rows) + (row < total % rows ? 1 : 0)))];
    }

    /// <summary>Chooses the columns of a new row, ascending.</summary>
    private static int[] Choose(int count, int columns, Func<int, int> neuronOf, RandomStream random)
    {
        var taken = new Dictionary<int, int>();
        (int Column, int Rank)[] ranked = [.. random.Permutation(columns).Select(column =>
        {
            int rank = taken.GetValueOrDefault(neuronOf(column));
            taken[neuronOf(column)] = rank + 1;
            return (column, rank);
        })];
        return [.. ranked.OrderBy(place => place.Rank).Take(count).Select(place => place.Column).Order()];
    }

    /// <summary>Returns the neuron that a column of the last layer is a child of: itself, if that is not known.</summary>
    private static Func<int, int> NeuronOf(Model model)
    {
        int layer = model.Layers.Count - 1;
        do
        {
            IReadOnlyList<int> sources = model.Plan.SourcesOf(layer);
            layer = sources.Count == 1 ? sources[0] : -1;
        }
        while (layer >= 0 && model.Layers[layer] is not EdgeLayer);
        return layer >= 0 && model.Layers[layer] is Linear linear && linear.OutputCount == model.Layers[^1].InputCount ? linear.NeuronOf : column => column;
    }

    private static double[] Joined(double[] first, double[] all) => [.. first, .. all[first.Length..]];
}
