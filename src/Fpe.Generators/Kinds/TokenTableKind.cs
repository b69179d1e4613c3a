using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>Shared code of the kinds that look up the rows of a table by token.</summary>
internal static class TokenTableKind
{
    public const string Dimension = "dimension";

    /// <summary>Reads the length of a row; 0 if it is not valid.</summary>
    public static int ReadDimension(LayerProperty property, Findings findings) =>
        PositiveSize.Read(property.Layer, Dimension, "the dimension", property.Subject, findings);

    /// <summary>Whether the table can be stored; if not, this is reported.</summary>
    public static bool Fits(DeclaredLayer layer, Shape tokens, int dimension, Findings findings)
    {
        long count = (long)tokens.Vocabulary * dimension;
        if (count <= int.MaxValue)
            return true;
        findings.Add(
            SequenceRules.TableTooLarge, layer.Attribute.LocationOf(Dimension), layer.Subject,
            Invariant($"a table of {tokens.Vocabulary} × {dimension} has {count} values"), int.MaxValue, "use a smaller vocabulary or dimension");
        return false;
    }
}
