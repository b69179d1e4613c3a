using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>Makes one value of what a square window sees in each channel of an image.</summary>
public abstract class Pool2d : Layer
{
    /// <summary>Begins a pooling layer.</summary>
    /// <param name="plan">The layer as it was declared.</param>
    /// <param name="device">Where it lives.</param>
    protected Pool2d(Pool2dPlan plan, Device device)
        : base(plan, device) => Shape = plan.Shape;

    /// <summary>The layer as it was declared.</summary>
    public new Pool2dPlan Plan => (Pool2dPlan)base.Plan;

    /// <summary>The shape of the pooling layer at present: of all channels that it reads, children included.</summary>
    public Pool2dShape Shape { get; private set; }

    /// <inheritdoc/>
    public override int InputCount => Shape.Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => Shape.Output.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{Shape.Input} → {Shape.Output}" };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        ImageShape image = Plan.Input;
        Shape = new Pool2dShape(Name, new ImageShape(inputs[0].Count / image.Pixels, image.Height, image.Width), Plan.Window);
        return inputs[0].WithPlaces(image.Pixels, Shape.Output.Pixels);
    }
}

/// <content>What only the runtime knows of the plan.</content>
public abstract partial record Pool2dPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);
}
