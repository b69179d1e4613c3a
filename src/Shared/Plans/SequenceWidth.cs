using static System.FormattableString;

namespace Fpe;

/// <summary>Counts the values of a sequence.</summary>
internal static class SequenceWidth
{
    /// <summary>Returns units · places. The width of a vector is checked by its layer.</summary>
    /// <param name="where">The layer.</param>
    /// <param name="what">What the units are, for messages.</param>
    /// <param name="units">The number of units at each place.</param>
    /// <param name="places">The number of places.</param>
    /// <exception cref="PlanException">A number is less than 1, or the product is too large.</exception>
    public static int Of(string where, string what, int units, int places)
    {
        PlanException.RequirePositive(where, what, units);
        PlanException.RequirePositive(where, "the number of places", places);
        long width = (long)units * places;
        return places == 1 || width <= LayerPlan.MaximumWidth
            ? (int)width
            : throw new PlanException(where, Invariant($"{units} units at {places} places are {width} values, but the maximum is {LayerPlan.MaximumWidth}; use fewer units or places."));
    }
}
