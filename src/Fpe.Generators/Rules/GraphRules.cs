using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on which values layers read.</summary>
internal static class GraphRules
{
    public static readonly DiagnosticDescriptor UnknownLayer = Rule.Error(
        "FPE0048",
        "A layer can read only layers of its model",
        "{0}: the layer reads '{1}', but there is no such layer; {2}");

    public static readonly DiagnosticDescriptor NotEarlier = Rule.Error(
        "FPE0049",
        "A layer can read only earlier layers",
        "{0}: the layer reads {1}, which is {2}; read an earlier layer");

    public static readonly DiagnosticDescriptor Unread = Rule.Error(
        "FPE0050",
        "Every layer except the last must be read",
        "{0}: no layer reads this layer, and it is not the last; let a layer read it, or remove it");

    public static readonly DiagnosticDescriptor OtherShape = Rule.Error(
        "FPE0051",
        "Values that are added or joined must fit together",
        "{0}: the layer reads {1}, but gets {2} from {3}; make them equal");

    public static readonly DiagnosticDescriptor UnequalSum = Rule.Error(
        "FPE0052",
        "Values that are added must be expanded in the same way",
        "{0}: the layer adds {1} and {2}, which have different widths or orders; give both the same factor and Share, or expand neither");

    public static readonly DiagnosticDescriptor FromOfActivation = Rule.Error(
        "FPE0053",
        "The activation of another layer cannot have From",
        "{0}: [{1}] is the activation of a {2} layer, so it cannot have From; move From to [{2}], or remove it");
}
