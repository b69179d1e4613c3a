using System;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>A kind of convolutions.</summary>
internal abstract class ConvolutionKind<TPlan> : LayerKind<TPlan>
    where TPlan : ConvolutionPlan
{
    /// <inheritdoc/>
    public sealed override bool AllowsActivation => true;

    /// <inheritdoc/>
    public override bool ReadsImages => true;

    /// <summary>Describes the groups of channels and filters; empty if there is one.</summary>
    protected abstract string GroupsOf(TPlan plan);

    /// <summary>Reads the number of groups; 0 if it is not known.</summary>
    protected static int ReadGroups(LayerProperty property, Findings findings) =>
        property.Layer.Has(AttributeNames.Groups) ? PositiveSize.Read(property.Layer, AttributeNames.Groups, "the number of groups", property.Subject, findings) : 1;

    /// <summary>Describes what the filters read or compute.</summary>
    /// <param name="image">Its shape in the dense parent.</param>
    /// <param name="width">The number of its values after expansion.</param>
    protected virtual string TextOf(ImageShape image, long width) => ImageInput.Text(image, width);

    /// <summary>Describes the window.</summary>
    protected virtual string TextOf(Window2d window) => Window.Text(window, "windows");

    /// <inheritdoc/>
    protected sealed override string Describe(TPlan plan, long width, long fanIn) =>
        Invariant($"{TextOf(plan.Input, width)} → {ShapeAfter(plan)}, {TextOf(plan.Window)}{GroupsOf(plan)}")
            + ExpansionText.Shared(plan.Expansion) + Words.Activation(plan.Activation);

    /// <inheritdoc/>
    protected sealed override string ShapeAfter(TPlan plan) => TextOf(plan.Shape.Output, (long)plan.Outputs * plan.Expansion.Factor);

    /// <inheritdoc/>
    protected override string DenseTerm(TPlan plan) =>
        Invariant($"{plan.Shape.GroupChannels}·{plan.Window.Rows.Kernel}·{plan.Window.Columns.Kernel}·{plan.Filters}");

    /// <summary>A convolution as declared.</summary>
    protected abstract class DeclaredConvolution(LayerProperty property, Window window) : ExpandableLayer(property)
    {
        /// <inheritdoc/>
        public sealed override int Inputs => (int)Math.Min(int.MaxValue, FanIn);

        /// <inheritdoc/>
        public sealed override decimal Weights => Neurons * FanIn;

        /// <inheritdoc/>
        public sealed override string CostOfOwnPartitions => "2 to 4";

        /// <summary>An expansion on a class applies to fully connected layers only.</summary>
        public sealed override bool TakesDefault => false;

        /// <summary>The channels that a filter reads; 0 if unknown.</summary>
        protected abstract int ChannelsOfFilter { get; }

        protected Window2d Sides => window.Sides;

        protected ImageShape Image => Input!.Value.Image!.Value;

        /// <summary>The number of inputs of a filter, which can exceed the maximum number of weights.</summary>
        private decimal FanIn => (decimal)ChannelsOfFilter * Sides.Rows.Kernel * Sides.Columns.Kernel;

        /// <summary>Returns what the filters compute, an image or a sequence; null if what they read is unknown.</summary>
        protected virtual Shape? Slide(Shape? input, Findings findings) => input is { } known ? window.Slide(this, known, Neurons, findings) : null;
    }

    /// <summary>A convolution whose channels and filters can be divided into groups, and which can be expanded.</summary>
    /// <param name="property">The property that declares it.</param>
    /// <param name="window">Its window.</param>
    /// <param name="groups">The number of groups; 0 if unknown.</param>
    protected abstract class GroupedConvolution(LayerProperty property, Window window, int groups) : DeclaredConvolution(property, window)
    {
        /// <inheritdoc/>
        public sealed override string SizeArgument => "filters";

        /// <inheritdoc/>
        public sealed override string Remedy => "use fewer filters or a smaller kernel";

        /// <inheritdoc/>
        public sealed override int GroupNeurons => groups == 0 ? 0 : Neurons / groups;

        /// <inheritdoc/>
        public sealed override string? WhyNotExpanded => groups > 1 && Output is not null ? ((TPlan)BarePlan).WhyNotExpanded : null;

        /// <summary>The number of groups; 0 if unknown.</summary>
        protected int GroupCount => groups;

        /// <inheritdoc/>
        protected sealed override int ChannelsOfFilter => groups == 0 ? 0 : (Input?.Image?.Channels ?? 0) / groups;

        /// <inheritdoc/>
        protected sealed override Shape? Slide(Shape? input, Findings findings)
        {
            if (input is not { } known || groups == 0 || Neurons == 0)
                return null;
            if (known.Units % groups == 0 && Neurons % groups == 0)
                return base.Slide(input, findings);
            findings.Add(ImageRules.Groups, Attribute.LocationOf(AttributeNames.Groups), Subject, groups, known.Units, known.IsSequence ? "units" : "channels", Neurons);
            return null;
        }
    }
}
