@echo off
rem Checks the parts of a Touchstone bundle and unpacks them here (Windows 10 or newer, which has tar).
setlocal enabledelayedexpansion
cd /d "%~dp0"
set "list="
set "archive="
for /f "usebackq tokens=1,2" %%a in ("SHA256SUMS") do (
    if not exist "%%b" echo join.bat: %%b is missing; fetch it again& exit /b 4
    set "sum="
    for /f "skip=1 delims=" %%h in ('certutil -hashfile "%%b" SHA256') do if not defined sum set "sum=%%h"
    set "sum=!sum: =!"
    if /i not "!sum!"=="%%a" echo join.bat: %%b is damaged; fetch it again& exit /b 4
    if defined list (set "list=!list!+%%b") else set "list=%%b"
    for %%n in ("%%b") do set "archive=%%~nn"
)
copy /b %list% "%archive%" >nul && tar -xf "%archive%" && del "%archive%"
