using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Kinds;

/// <summary>Reads the options of norms.</summary>
internal static class NormOption
{
    public const double UsualEpsilon = 1e-5;
    public const double UsualMomentum = 0.1;

    /// <summary>The epsilon; the usual one if it is not valid.</summary>
    public static double ReadEpsilon(LayerProperty property, Findings findings) =>
        Read(property, "Epsilon", "epsilon", UsualEpsilon, double.MaxValue, "finite", findings);

    /// <summary>The momentum; the usual one if it is not valid.</summary>
    public static double ReadMomentum(LayerProperty property, Findings findings) =>
        Read(property, "Momentum", "momentum", UsualMomentum, 1, "at most 1", findings);

    private static double Read(
        LayerProperty property, string argument, string what, double usual, double largest, string limit, Findings findings)
    {
        if (property.Layer.Value(argument, usual) is not { } value)
            findings.MarkBroken();
        else if (value > 0 && value <= largest)
            return value;
        else
            findings.Add(LayerRules.NormOption, property.Layer.LocationOf(argument), property.Subject, what, value, limit);
        return usual;
    }
}
