using System;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Kinds;

/// <summary>Reads the numeric arguments of normalisation layers.</summary>
internal static class NormNumber
{
    public const string EpsilonArgument = "Epsilon";

    /// <summary>The default of the number that is added to the variance.</summary>
    public const double UsualEpsilon = 1e-5;

    /// <summary>Returns the number that is added to the variance; the default if it cannot be read or is out of range.</summary>
    public static double ReadEpsilon(LayerProperty property, Findings findings) => Read(
        property, EpsilonArgument, UsualEpsilon, number => number is > 0 and < double.PositiveInfinity, "greater than 0 and finite", findings);

    /// <summary>Returns the number; the default if it cannot be read or is out of range.</summary>
    public static double Read(
        LayerProperty property, string argument, double usual, Func<double, bool> isInRange, string range, Findings findings)
    {
        if (property.Layer.Value(argument, usual) is not { } number)
            findings.MarkBroken();
        else if (isInRange(number))
            return number;
        else
            findings.Add(LayerRules.NormNumber, property.Layer.LocationOf(argument), property.Subject, argument.ToLowerInvariant(), number, range);
        return usual;
    }
}
