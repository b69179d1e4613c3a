using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Every rule, in the order of the ids.</summary>
internal static class AllRules
{
    public static readonly ImmutableArray<DiagnosticDescriptor> Descriptors =
    [
        DeclarationRules.NotPartial,
        DeclarationRules.UnsupportedClass,
        DeclarationRules.PropertyNotPartial,
        DeclarationRules.PropertyNotGetOnly,
        DeclarationRules.NoLayers,
        DeclarationRules.LanguageVersion,
        DeclarationRules.SpreadLayers,
        DeclarationRules.PropertyType,
        DeclarationRules.NameCollision,
        LayerRules.NotPositive,
        ExpansionRules.FactorBelowOne,
        ExpansionRules.FactorAboveFanIn,
        ExpansionRules.FactorAboveReaders,
        LayerRules.DropoutRate,
        LayerRules.TwoActivations,
        LayerRules.OtherLayer,
        LayerRules.TwoLayers,
        ExpansionRules.OutputLayer,
        ExpansionRules.UndefinedValue,
        CountRules.BudgetExceeded,
        CountRules.TooLarge,
        ClauseRules.NoGroups,
        ClauseRules.IndexOutOfRange,
        ClauseRules.InputTwice,
        ClauseRules.FewerGroupsThanChildren,
        ExpansionRules.UnevenChildren,
        ExpansionRules.LostOutputs,
        ExpansionRules.NoEffect,
        ImageRules.KernelTooLarge,
        ImageRules.NeedsFlatten,
        ImageRules.NeedsImage,
        ImageRules.Padding,
        ImageRules.TooLarge,
        ImageRules.UnreachedPixels,
        CountRules.PrunedToFloor,
        DeclarationRules.ForgottenModel,
        DeclarationRules.SameParameterNames,
        DeclarationRules.OtherEnum,
        LayerRules.ExpandedWithoutActivation,
        LayerRules.OutputActivation,
        LayerRules.DropoutAfterOutput,
        ExpansionRules.MixedStrategies,
        CountRules.LearnedBudget,
        CountRules.NothingToLearn,
        ExpansionRules.Pattern,
        ExpansionRules.NoMeaning,
        CountRules.TooWide,
    ];
}
