using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Kinds;

/// <summary>Reads the rate of a dropout layer.</summary>
internal static class DropoutRate
{
    private const string Rate = "rate";

    /// <summary>Returns the rate; 0 if it is not valid.</summary>
    public static double Read(LayerProperty property, Findings findings)
    {
        if (property.Layer.Value(Rate, 0.0) is not { } rate)
            findings.MarkBroken();
        else if (rate is >= 0 and < 1)
            return rate;
        else
            findings.Add(LayerRules.DropoutRate, property.Layer.LocationOf(Rate), property.Subject, rate);
        return 0;
    }
}
