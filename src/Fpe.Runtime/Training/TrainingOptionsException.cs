using System.Globalization;

namespace Fpe.Training;

/// <summary>Thrown when a training option is out of range or does not fit the model or the data, before training starts.</summary>
public sealed class TrainingOptionsException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="option">The name of the option.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    public TrainingOptionsException(string option, string problem)
        : base($"{option}: {problem}") => Option = option;

    /// <summary>Gets the name of the option.</summary>
    public string Option { get; }

    internal static void Require(bool condition, string option, double value, string range)
    {
        if (!condition)
            throw new TrainingOptionsException(option, $"{value.ToString(CultureInfo.InvariantCulture)} is out of range; it must be {range}.");
    }

    internal static void RequireDefined<T>(string option, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new TrainingOptionsException(option, $"{value} is not defined; use one of {string.Join(", ", Enum.GetNames<T>())}.");
    }
}
