namespace Fpe.EndToEnd.Tests.Support;

/// <summary>A study's program, as built beside the tests.</summary>
internal sealed class StudyProgram
{
    private readonly string assembly;

    private StudyProgram(string name) => assembly = Path.Combine(AppContext.BaseDirectory, name + ".dll");

    public static StudyProgram Digits { get; } = new("Digits");

    public static StudyProgram PoisonedSeed { get; } = new("PoisonedSeed");

    public static StudyProgram Paper { get; } = new("Paper");

    public CommandResult Run(params string[] options) => Command.Run(DotNet.Host, [assembly, .. options]);

    /// <summary>Runs the program with variables on top of those of the tests.</summary>
    public CommandResult RunIn(IReadOnlyDictionary<string, string> environment, params string[] options) =>
        Command.Run(DotNet.Host, [assembly, .. options], environment);

    public Command Start(Action<string> onError, params string[] options) => Command.Start(DotNet.Host, [assembly, .. options], onError: onError);

    /// <summary>Starts the program so that signals reach it even where the tests themselves ignore them.</summary>
    public Command StartInterruptible(Action<string> onError, params string[] options) =>
        Command.Start("env", ["--default-signal=INT,TERM", DotNet.Host, assembly, .. options], onError: onError);
}
