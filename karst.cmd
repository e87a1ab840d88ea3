@echo off
rem Starts Karst; builds it first where there is no build of these sources. Builds lie in .karst\, which `dotnet build` never touches.
setlocal
set "ROOT=%~dp0"
set "STATE=%ROOT%.karst"
set "APP=%STATE%\app-windows"
set "STAMP=%APP%\karst.dll"
if exist "%STAMP%" (
  powershell -NoProfile -Command "$built=(Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $root=$env:ROOT; $new=Get-ChildItem -LiteralPath ($root+'src'),($root+'content'),($root+'docs\reference') -Recurse -File -ErrorAction SilentlyContinue | Where-Object { $_.FullName -notmatch '\\(bin|obj)\\' -and $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1; if ($new) { exit 1 }"
  if not errorlevel 1 goto start
)
where dotnet >nul 2>nul
if errorlevel 1 (
  echo karst: the .NET 10 SDK is needed, dotnet was not found 1>&2
  exit /b 70
)
if not exist "%STATE%" mkdir "%STATE%"
echo karst: building (once, and after its sources change) ... 1>&2
dotnet publish "%ROOT%src\App\App.csproj" -c Release -o "%APP%" --artifacts-path "%STATE%\artifacts" -p:KarstLauncher=true >"%STATE%\build.log" 2>&1
if errorlevel 1 (
  type "%STATE%\build.log" 1>&2
  echo karst: the build failed 1>&2
  exit /b 70
)
rem The compiler keeps the time of an assembly that did not change.
copy /b "%STAMP%"+,, "%STAMP%" >nul 2>nul
:start
dotnet "%STAMP%" %*
exit /b %ERRORLEVEL%
