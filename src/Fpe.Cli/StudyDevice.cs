using System.Globalization;
using Fpe.Compute;

namespace Fpe.Cli;

/// <summary>A device that a study can compute on.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Open">
/// Creates the device from the number after the colon in <c>name:1</c>, or 0 if there is none. An <see cref="FpeException"/> is shown on
/// one line.
/// </param>
/// <param name="IsNumbered">Whether there can be several such devices, so that a number is allowed.</param>
public sealed record StudyDevice(string Name, Func<int, Device> Open, bool IsNumbered = false)
{
    /// <summary>Gets the CPU with this library's own kernels, which studies use by default.</summary>
    public static StudyDevice Cpu { get; } = new("cpu", _ => Device.Default);

    /// <summary>Creates the device that the command line specifies.</summary>
    /// <param name="study">The study with the available devices; the first is the default.</param>
    /// <param name="wanted">A name, optionally with a number; null for the default.</param>
    /// <exception cref="StudyException">There is no such device; the message lists the available ones.</exception>
    internal static Device Find(StudyDefinition study, string? wanted)
    {
        if (wanted is null)
            return study.Devices[0].Open(0);

        string[] parts = wanted.Split(':', 2);
        StudyDevice? device = study.Devices.FirstOrDefault(
            device => device.Name == parts[0] && (parts.Length == 1 || device.IsNumbered));
        int number = 0;
        bool isRead = parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return device is not null && isRead
            ? device.Open(number)
            : throw new StudyException($"--device {wanted}: this program has no such device; use {Listing.Or(Names(study))}.");
    }

    /// <summary>Returns the names that a user can specify.</summary>
    internal static IReadOnlyList<string> Names(StudyDefinition study) => [.. study.Devices.SelectMany(device =>
        device.IsNumbered ? [device.Name, $"{device.Name}:1"] : new[] { device.Name })];
}
