using System;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>A kind of convolutions.</summary>
internal abstract class ConvolutionKind<TPlan> : LayerKind<TPlan>
    where TPlan : ConvolutionPlan
{
    /// <inheritdoc/>
    public sealed override bool AllowsActivation => true;

    /// <inheritdoc/>
    public sealed override bool ReadsImages => true;

    /// <summary>Describes the groups of channels and filters; empty if there is one.</summary>
    protected abstract string GroupsOf(TPlan plan);

    /// <inheritdoc/>
    protected sealed override string Describe(TPlan plan, long width, long fanIn) =>
        Invariant($"{ImageInput.Text(plan.Input, width)} → {ShapeAfter(plan)}, {Window.Text(plan.Window, "windows")}{GroupsOf(plan)}")
            + Words.Activation(plan.Activation);

    /// <inheritdoc/>
    protected sealed override string ShapeAfter(TPlan plan) => ImageInput.Text(plan.Shape.Output, (long)plan.Outputs * plan.Expansion.Factor);

    /// <inheritdoc/>
    protected sealed override string DenseTerm(TPlan plan) =>
        Invariant($"{plan.Shape.GroupChannels}·{plan.Window.Rows.Kernel}·{plan.Window.Columns.Kernel}·{plan.Filters}");

    /// <summary>A convolution as declared.</summary>
    protected abstract class DeclaredConvolution(LayerProperty property, Window window) : ExpandableLayer(property)
    {
        /// <inheritdoc/>
        public sealed override int Inputs => (int)Math.Min(int.MaxValue, FanIn);

        /// <inheritdoc/>
        public sealed override decimal Weights => Neurons * FanIn;

        /// <summary>An expansion on a class applies to fully connected layers only.</summary>
        public sealed override bool TakesDefault => false;

        /// <summary>The channels that a filter reads; 0 if unknown.</summary>
        protected abstract int ChannelsOfFilter { get; }

        protected Window2d Sides => window.Sides;

        protected ImageShape Image => Input!.Value.Image!.Value;

        /// <summary>The number of inputs of a filter, which can exceed the maximum number of weights.</summary>
        private decimal FanIn => (decimal)ChannelsOfFilter * Sides.Rows.Kernel * Sides.Columns.Kernel;

        /// <summary>Returns the image that the filters compute.</summary>
        protected Shape? Slide(ImageShape image, Findings findings) => window.Slide(this, image, Neurons, findings);
    }
}
