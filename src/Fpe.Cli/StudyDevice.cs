using System.Globalization;
using Fpe.Compute;

namespace Fpe.Cli;

/// <summary>A device that a study can compute on.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Open">
/// Makes the device, from the number after a colon in <c>name:1</c>, or 0 where there is none. What it throws as
/// <see cref="FpeException"/> is shown in one line.
/// </param>
/// <param name="IsNumbered">Whether there are several of the kind, so that a number makes sense.</param>
public sealed record StudyDevice(string Name, Func<int, Device> Open, bool IsNumbered = false)
{
    /// <summary>The processor, by this library's own kernels: what studies use unless they offer more.</summary>
    public static StudyDevice Cpu { get; } = new("cpu", _ => Device.Default);

    /// <summary>Makes the device that the command line asks for.</summary>
    /// <param name="study">What there is; the first is the default.</param>
    /// <param name="wanted">A name, also with a number; null for the default.</param>
    /// <exception cref="StudyException">There is no such device; the message lists what there is.</exception>
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

    /// <summary>The names a user may give.</summary>
    internal static IReadOnlyList<string> Names(StudyDefinition study) => [.. study.Devices.SelectMany(device =>
        device.IsNumbered ? [device.Name, $"{device.Name}:1"] : new[] { device.Name })];
}
