using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Kinds;

/// <summary>The table of all kinds of layers.</summary>
internal static class LayerKinds
{
    /// <summary>The kind that every model has.</summary>
    public static LayerKind Linear { get; } = new LinearKind();

    /// <summary>The kind of an activation that is a separate layer.</summary>
    public static LayerKind Activation { get; } = new ActivationKind();

    /// <summary>The kind of one of several inputs.</summary>
    public static LayerKind Input { get; } = new InputKind();

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<LayerKind> All { get; } =
    [
        Linear,
        new Conv2dKind(),
        new DepthwiseConv2dKind(),
        new Conv1dKind(),
        new MaxPool2dKind(),
        new AvgPool2dKind(),
        new FlattenKind(),
        new DropoutKind(),
        new Dropout2dKind(),
        Activation,
        new LayerNormKind(),
        new BatchNormKind(),
        new GlobalAvgPool2dKind(),
        new AddKind(),
        new ConcatKind(),
        Input,
        new EmbeddingKind(),
        new EmbeddingBagKind(),
        new SelfAttentionKind(),
        new MeanPoolKind(),
    ];

    private static readonly Dictionary<string, LayerKind> ByName = All.Where(kind => kind != Activation).ToDictionary(kind => kind.Name);

    private static readonly Dictionary<Type, LayerKind> ByPlan = All.ToDictionary(kind => kind.PlanType);

    /// <summary>Returns the kind that an attribute always declares; null if it does not declare a layer.</summary>
    /// <param name="attribute">The attribute's name without <c>Attribute</c>.</param>
    public static LayerKind? Find(string attribute) => ByName.TryGetValue(attribute, out LayerKind kind) ? kind : null;

    /// <summary>Returns the kind of a layer.</summary>
    /// <exception cref="InvalidOperationException">The plan belongs to no kind.</exception>
    public static LayerKind Of(LayerPlan plan) => Of(plan.GetType());

    /// <summary>Returns the kind of layers with a type of plan.</summary>
    /// <exception cref="InvalidOperationException">The type of plan belongs to no kind.</exception>
    public static LayerKind Of(Type planType) => ByPlan.TryGetValue(planType, out LayerKind kind)
        ? kind
        : throw new InvalidOperationException($"{planType.Name} is not the plan of any kind of layer; add the kind to {nameof(LayerKinds)}.");

    /// <summary>Returns the names of the kinds that satisfy a condition, for a sentence.</summary>
    public static string Names(Func<LayerKind, bool> have) => Words.Either([.. All.Where(have).Select(kind => kind.Name)]);
}
